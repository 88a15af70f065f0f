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
    view! {
        <p class="training-data__why">
            "Does it read your handwriting? Keep " <Term entry=glossary::OWN_DIGITS>"your own digits"</Term>
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
