//! Ways to put the network to the test, as tabs of one panel: its mistakes, its confidence, changed images, its data.

use crate::components::part::{Part, part};
use crate::components::{Panel, Tab, Tabs};
use crate::panels::confidence::{ConfidencePanel, keep_calibrated};
use crate::panels::mistakes::MistakesPanel;
use crate::panels::robustness::RobustnessPanel;
use crate::panels::training_data::{TrainingDataPanel, provide_training_data};
use crate::state::use_app_state;
use leptos::prelude::*;

/// A way to put the network to the test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Doubt {
    /// What it gets wrong.
    #[default]
    Mistakes,
    /// How sure it is, and whether it may be.
    Confidence,
    /// What moved and noisy images do.
    Robustness,
    /// What it learns from.
    TrainingData,
}

impl Tab for Doubt {
    const ALL: &'static [Doubt] = &[Doubt::Mistakes, Doubt::Confidence, Doubt::Robustness, Doubt::TrainingData];

    fn title(self) -> &'static str {
        match self {
            Doubt::Mistakes => "Mistakes",
            Doubt::Confidence => "Confidence",
            Doubt::Robustness => "Robustness",
            Doubt::TrainingData => "Training data",
        }
    }
}

/// The panel; only the open tab is on the page and asks the worker.
#[component]
pub fn DoubtTabs() -> impl IntoView {
    let data = use_app_state().data;
    let part = Part::new(fetch_doubt, move || data.read().is_settled());
    view! {
        <Panel title="Put it to the test" area="doubt">
            {move || part.show(|| tabs(()))}
        </Panel>
    }
}

part!(doubt, fetch_doubt, tabs(_nothing: ()), view! { <DoubtTabList /> }.into_any());

#[component]
fn DoubtTabList() -> impl IntoView {
    let tab = RwSignal::new(Doubt::default());
    let state = use_app_state();
    provide_training_data(state);
    keep_calibrated(state);
    view! {
        <Tabs tab label="Ways to put the network to the test">
            {move || match tab.get() {
                Doubt::Mistakes => view! { <MistakesPanel /> }.into_any(),
                Doubt::Confidence => view! { <ConfidencePanel /> }.into_any(),
                Doubt::Robustness => view! { <RobustnessPanel /> }.into_any(),
                Doubt::TrainingData => view! { <TrainingDataPanel /> }.into_any(),
            }}
        </Tabs>
    }
}
