//! The section.

use super::found_digits::FoundDigits;
use super::import_zone::ImportZone;
use super::keep_drawing::KeepDrawing;
use super::kept_digits::KeptDigits;
use super::train_on_own::TrainOnOwn;
use crate::components::{Term, glossary};
use leptos::prelude::*;

/// The learner's own digits.
#[component]
pub fn OwnSection() -> impl IntoView {
    // Explained by the engine, at the experiment's field.
    let entry = glossary::words().into_iter().find(|entry| entry.name == "own digits");
    let words = "your own digits";
    let term = match entry {
        Some(entry) => view! { <Term entry>{words}</Term> }.into_any(),
        None => words.into_any(),
    };
    view! {
        <p class="training-data__why">
            "Does it read your handwriting? Keep " {term}
            " to test every network on them, and to train on them."
        </p>
        <ImportZone>
            <KeepDrawing />
            <FoundDigits />
            <KeptDigits />
            <TrainOnOwn />
        </ImportZone>
    }
}
