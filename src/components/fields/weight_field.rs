//! A weight that can be typed.

use super::weight_text::read_weight;
use crate::components::while_mounted;
use crate::plot::number::three_digits;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// A field that follows a weight. What is typed counts with Enter or when the field is left, if it is a weight;
/// until then the message says what is wrong, and Escape goes back.
#[component]
pub fn WeightField(
    /// The weight; none while it is not known.
    #[prop(into)]
    value: Signal<Option<f32>>,
    /// Takes up a typed weight.
    on_change: Callback<f32>,
    /// What it is called.
    #[prop(into)]
    name: Signal<String>,
    /// Where the message goes.
    message: RwSignal<Option<String>>,
    /// The element that shows the message.
    message_id: String,
    /// Colours as CSS, if the field is painted.
    #[prop(optional, into)]
    style: MaybeProp<String>,
) -> impl IntoView {
    let typed = RwSignal::new(None::<String>);
    let is_wrong = Memo::new(move |_| typed.read().as_ref().is_some_and(|typed| read_weight(typed).is_err()));
    let shown = move || typed.get().or_else(|| value.get().map(three_digits)).unwrap_or_default();
    let look = move |text: String| {
        message.set(read_weight(&text).err());
        typed.set(Some(text));
    };
    let restore = move || {
        typed.set(None);
        message.set(None);
    };
    let take_up = move || {
        let Some(Ok(weight)) = typed.get_untracked().map(|typed| read_weight(&typed)) else { return };
        restore();
        if value.get_untracked() != Some(weight) {
            on_change.run(weight);
        }
    };
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => take_up(),
        "Escape" if typed.read_untracked().is_some() => {
            restore();
            event.stop_propagation();
        }
        _ => {}
    };
    view! {
        <input
            type="text"
            class="weight-field"
            autocomplete="off"
            spellcheck="false"
            aria-label=move || name.get()
            aria-invalid=move || is_wrong.get().then_some("true")
            aria-describedby=message_id
            prop:style=move || style.get().unwrap_or_default()
            data-value=move || value.get().map(|value| value.to_string())
            prop:value=shown
            on:input=move |event| look(event_target_value(&event))
            on:change=while_mounted(move |_| take_up())
            on:blur=while_mounted(move |_| {
                // What is not a weight goes when the field is left.
                if is_wrong.get_untracked() {
                    restore();
                }
            })
            on:keydown=press
        />
    }
}
