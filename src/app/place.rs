//! Which place is open.

use crate::places::digits::Digits;
use leptos::prelude::*;

/// A place of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// Networks that read digits.
    #[default]
    Digits,
}

/// The place that is open.
#[component]
pub fn OpenPlace(
    /// Which one.
    place: Place,
) -> impl IntoView {
    match place {
        Place::Digits => view! { <Digits /> },
    }
}
