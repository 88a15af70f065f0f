//! The panels of the experiment and of its run. They are fetched once the network has read the example, so that a first
//! visit does not wait for them.

use crate::components::part::{Part, part};
use crate::panels::experiment::ExperimentPanel;
use crate::panels::run::RunPanel;
use crate::state::use_app_state;
use leptos::prelude::*;

part!(training, fetch_training, panels(_nothing: ()), view! {
    <ExperimentPanel />
    <RunPanel />
}
.into_any());

/// The two panels; until they have arrived, empty sections in their place.
#[component]
pub fn TrainingPanels() -> impl IntoView {
    let state = use_app_state();
    // An experiment with faults is never read an example, and is mended in these panels.
    let part = Part::new(fetch_training, move || {
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
