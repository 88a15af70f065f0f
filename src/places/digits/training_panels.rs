//! The panels of the experiment and of its run. They come when the network has read the example: a first visit is not
//! held up by what they are made of.

use crate::components::part::{Part, part};
use crate::panels::experiment::ExperimentPanel;
use crate::panels::run::RunPanel;
use crate::state::use_app_state;
use leptos::prelude::*;

part!(desk, fetch_desk, panels(_nothing: ()), view! {
    <ExperimentPanel />
    <RunPanel />
}
.into_any());

/// The two panels; until they are there, their places.
#[component]
pub fn TrainingPanels() -> impl IntoView {
    let state = use_app_state();
    // An experiment with faults is never read an example, and is mended in these panels.
    let part = Part::new(fetch_desk, move || {
        state.inspection.read().is_some() || !state.failures.read().is_empty() || state.checked.read().is_err()
    });
    move || part.view(|| panels(())).unwrap_or_else(places)
}

fn places(notice: AnyView) -> AnyView {
    view! {
        <section class="panel panel--experiment panel--coming"></section>
        <section id="run" class="panel panel--run panel--coming" aria-label="Training" tabindex="-1">
            {notice}
        </section>
    }
    .into_any()
}
