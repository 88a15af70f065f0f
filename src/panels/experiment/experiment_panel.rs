//! The panel of the left column.

use super::network::{NetworkEditor, PresetMenu};
use super::training::TrainingEditor;
use crate::components::Panel;
use crate::components::fields::provide_field_errors;
use leptos::prelude::*;

/// Network above, data and training below.
#[component]
pub fn ExperimentPanel() -> impl IntoView {
    provide_field_errors();
    view! {
        <Panel title="Network" area="experiment" tools=|| view! { <PresetMenu /> }>
            <NetworkEditor />
            <TrainingEditor />
        </Panel>
    }
}
