//! A number: short to read, exact in its title and for scripts.

use super::number_text::{exact, short, signed};
use leptos::prelude::*;

/// Few digits on the screen; all of them in `title` and `data-value`.
#[component]
pub fn Number(
    /// The number.
    #[prop(into)]
    value: Signal<f32>,
    /// Whether it is a part of a sum, and so always shows its sign.
    #[prop(optional)]
    is_part: bool,
    /// How it is written in a sum with others; without this, with three digits.
    #[prop(optional, into)]
    text: Option<Signal<String>>,
    /// For scripts and tests.
    #[prop(optional)]
    test_id: Option<&'static str>,
) -> impl IntoView {
    view! {
        <span
            class="unit-inspector-number"
            translate="no"
            title=move || exact(value.get())
            data-testid=test_id
            data-value=move || exact(value.get())
        >
            {move || match text {
                Some(text) => text.get(),
                None if is_part => signed(value.get()),
                None => short(value.get()),
            }}
        </span>
    }
}
