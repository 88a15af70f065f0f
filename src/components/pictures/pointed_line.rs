//! The line that reads out what is pointed at in a panel's pictures.

use super::pointing::Pointing;
use leptos::prelude::*;

/// The line below a panel's pictures that reads out what is pointed at.
#[component]
pub fn PointedLine(
    /// What it says while nothing is pointed at.
    #[prop(optional)]
    hint: Option<&'static str>,
) -> impl IntoView {
    let pointing = expect_context::<Pointing>();
    let pointed = move || pointing.pointed();
    let hint = hint.unwrap_or("Hover over a cell to read its value; by keyboard: arrow keys, Enter, Escape.");
    view! {
        <p
            class="pointed-line"
            class:pointed-line--idle=move || pointed().is_none()
            data-testid="pointed-line"
            data-value=move || pointed().map(|pointed| pointed.value.to_string())
            aria-live=move || {
                if pointing.is_by_keyboard() { "polite" } else { "off" }
            }
            prop:textContent=move || pointed().map_or_else(|| hint.to_owned(), |pointed| pointed.text)
        ></p>
    }
}
