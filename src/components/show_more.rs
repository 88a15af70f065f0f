//! The first of many things, and a button that shows more of them.

use leptos::prelude::*;

/// `first 64 of 512 · show more`; nothing where all are shown.
#[component]
pub fn ShowMore(
    /// How many are shown.
    #[prop(into)]
    n_shown: Signal<usize>,
    /// How many there are.
    #[prop(into)]
    n: Signal<usize>,
    /// The button's look.
    #[prop(default = "button button--quiet")]
    button_class: &'static str,
    /// Called when more are wanted.
    on_more: Callback<()>,
) -> impl IntoView {
    view! {
        <Show when=move || { n_shown.get() < n.get() }>
            <p class="show-more">
                <span prop:textContent=move || format!("first {} of {} · ", n_shown.get(), n.get())></span>
                <button type="button" class=button_class on:click=move |_| on_more.run(())>
                    "show more"
                </button>
            </p>
        </Show>
    }
}
