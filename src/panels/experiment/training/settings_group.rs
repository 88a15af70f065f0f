//! Settings behind a summary.

use leptos::prelude::*;
use web_sys::MouseEvent;

/// Opens by itself when something inside is wrong.
#[component]
pub fn SettingsGroup(
    /// What is inside.
    title: &'static str,
    /// What is set inside, in a few words.
    #[prop(optional, into)]
    remark: MaybeProp<String>,
    /// What is wrong inside, if anything is.
    fault: Signal<Option<String>>,
    /// The settings.
    children: Children,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    Effect::new(move |_| {
        if fault.read().is_some() {
            is_open.set(true);
        }
    });
    let toggle = move |event: MouseEvent| {
        event.prevent_default();
        is_open.update(|is_open| *is_open = !*is_open);
    };
    view! {
        <details class="details more" prop:open=move || is_open.get()>
            <summary on:click=toggle>
                {title} <span class="more__remark muted" prop:textContent=move || remark.get()></span>
            </summary>
            {children()}
        </details>
    }
}
