//! The tab.

use leptos::prelude::*;

/// The images that the network learns from, and the learner's own.
#[component]
pub fn TrainingDataPanel() -> impl IntoView {
    view! { <p class="message">"Coming."</p> }
}
