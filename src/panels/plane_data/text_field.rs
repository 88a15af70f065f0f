//! A text that can be typed.

use crate::components::{fresh_id, while_mounted};
use crate::state::use_editor;
use leptos::prelude::*;

/// A text field. What is typed goes to `on_change` with Enter or when the field is left; Escape restores.
#[component]
pub fn TextField(
    /// The text in the experiment.
    #[prop(into)]
    value: Signal<String>,
    /// Takes up a typed text.
    on_change: impl Fn(String) + Copy + Send + Sync + 'static,
    /// What the experiment's check says about it.
    #[prop(into)]
    fault: Signal<Option<String>>,
    /// The element's id, for a `<label for>`.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let editor = use_editor();
    let message_id = fresh_id("fault");
    let text = RwSignal::new(value.get_untracked());
    // The field follows the experiment when it was changed elsewhere, and is reset when it was replaced.
    Effect::watch(move || (value.get(), editor.n_loads.get()), move |(value, _), _, _| text.set(value.clone()), true);
    let commit = move || {
        let typed = text.get_untracked();
        if typed != value.get_untracked() {
            on_change(typed);
            // A text that was not taken up goes.
            text.set(value.get_untracked());
        }
    };
    view! {
        <input
            type="text"
            id=id
            class="number-field"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-invalid=move || fault.read().as_ref().map(|_| "true")
            aria-describedby=message_id.clone()
            prop:value=move || text.get()
            on:input=move |event| text.set(event_target_value(&event))
            on:keydown=move |event| match event.key().as_str() {
                "Enter" => commit(),
                "Escape" => text.set(value.get_untracked()),
                _ => {}
            }
            on:blur=while_mounted(move |_| commit())
        />
        <span
            id=message_id
            class="message message--bad field__message"
            prop:textContent=move || fault.get()
        ></span>
    }
}
