//! The panel of the left column.

use super::network::{NetworkEditor, PresetMenu};
use super::training::TrainingEditor;
use crate::components::Panel;
use crate::components::fields::provide_field_errors;
use crate::state::{Place, use_app_state};
use leptos::prelude::*;

/// Network above, data and training below.
#[component]
pub fn ExperimentPanel() -> impl IntoView {
    provide_field_errors();
    let place = use_app_state().place;
    // The plane's own presets stand beside its data.
    let tools = move || (place == Place::Digits).then(|| view! { <PresetMenu /> });
    view! {
        <Panel title=if place == Place::Plane { "All settings" } else { "Network" } area="experiment" tools>
            <NetworkEditor />
            <TrainingEditor />
        </Panel>
    }
}
