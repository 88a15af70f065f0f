//! A field for one digit from 0 to 9.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// A label to be typed; a typed digit takes the place of the one before. Anything else changes nothing.
#[component]
pub fn LabelField(
    /// The label; none while it is not chosen.
    #[prop(into)]
    value: Signal<Option<u8>>,
    /// Its name.
    #[prop(into)]
    name: Signal<String>,
    /// Takes up a label.
    on_change: impl Fn(u8) + 'static,
) -> impl IntoView {
    let shown = move || value.get().map_or_else(String::new, |label| label.to_string());
    let type_in = move |event: web_sys::Event| {
        let typed = event_target_value(&event);
        let label = typed.chars().rev().find_map(|sign| sign.to_digit(10));
        match label {
            Some(label) => on_change(label as u8),
            // Emptied on the way to another label: the field shows the present one when it is left.
            None if typed.is_empty() => return,
            None => {}
        }
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            input.set_value(&untrack(shown));
            input.select();
        }
    };
    let select = move |event: web_sys::FocusEvent| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            input.select();
        }
    };
    view! {
        <input
            type="text"
            class="label-field"
            inputmode="numeric"
            autocomplete="off"
            aria-label=move || name.get()
            prop:value=shown
            on:focus=select
            on:input=type_in
        />
    }
}
