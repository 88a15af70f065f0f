//! A checkbox: yes or no.

use leptos::prelude::*;

/// A checkbox with its words.
#[component]
pub fn SwitchField(
    /// The words.
    label: &'static str,
    /// Whether it is on.
    #[prop(into)]
    value: Signal<bool>,
    /// Takes up a change.
    on_change: impl Fn(bool) + 'static,
) -> impl IntoView {
    view! {
        <label class="switch-field">
            <input
                type="checkbox"
                prop:checked=move || value.get()
                on:change=move |event| on_change(event_target_checked(&event))
            />
            {label}
        </label>
    }
}
