//! Ways to look inside the network, as tabs of one panel: activations, weights, gradients, evidence, features, surgery, code.

use crate::components::part::{Part, part};
use crate::components::units::EditedUnit;
use crate::components::{self, Tabs};
use crate::panels::activations::{ActivationsPanel, Around};
use crate::panels::code::{CodePanel, provide_code_draft};
use crate::panels::dense_graph::DenseGraph;
use crate::panels::evidence::EvidencePanel;
use crate::panels::features::FeaturesPanel;
use crate::panels::gradients::GradientsPanel;
use crate::panels::image_browser::{SubjectNotice, SubjectSwitch, provide_subject};
use crate::panels::surgery::SurgeryPanel;
use crate::panels::unit_inspector::UnitInspectorPanel;
use crate::panels::weights::WeightsPanel;
use crate::state::use_app_state;
use leptos::prelude::*;

/// A way to look inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// What every layer gives for the present image.
    #[default]
    Activations,
    /// What was learned.
    Weights,
    /// How the loss blames every layer.
    Gradients,
    /// What speaks for and against each digit.
    Evidence,
    /// What a unit looks for.
    Features,
    /// What happens when weights are edited.
    Surgery,
    /// The experiment as Python code, and the other way.
    Code,
}

impl components::Tab for Tab {
    const ALL: &'static [Tab] =
        &[Tab::Activations, Tab::Weights, Tab::Gradients, Tab::Evidence, Tab::Features, Tab::Surgery, Tab::Code];

    fn title(self) -> &'static str {
        match self {
            Tab::Activations => "Activations",
            Tab::Weights => "Weights",
            Tab::Gradients => "Gradients",
            Tab::Evidence => "Evidence",
            Tab::Features => "Features",
            Tab::Surgery => "Surgery",
            Tab::Code => "Code",
        }
    }
}

/// The panel "Inside the network". Only the chosen tab is on the page and asks the worker; the strip of activations
/// stays mounted but hidden, so that its pictures need not be made again; it receives no data meanwhile.
#[component]
pub fn InsideTabs() -> impl IntoView {
    let tab = RwSignal::new(Tab::default());
    EditedUnit::provide(Callback::new(move |()| tab.set(Tab::Surgery)));
    provide_subject(use_app_state());
    provide_code_draft();
    let around: Around = Box::new(move |strip| view! { <Inside tab strip /> }.into_any());
    let image_switch = || view! { <SubjectSwitch /> };
    let image_notice = || view! { <SubjectNotice /> };
    view! {
        <ActivationsPanel around image_switch image_notice>
            <DenseGraph />
            <UnitInspectorPanel />
        </ActivationsPanel>
    }
}

#[component]
fn Inside(tab: RwSignal<Tab>, strip: AnyView) -> impl IntoView {
    let data = use_app_state().data;
    // Fetched before the first click if possible, and at the latest with it.
    let part = Part::new(fetch_tabs, move || tab.get() != Tab::Activations || data.read().is_settled());
    view! {
        <Tabs tab label="Ways to look inside the network">
            <div hidden=move || tab.get() != Tab::Activations>{strip}</div>
            {move || match tab.get() {
                Tab::Activations => ().into_any(),
                tab => part.show(|| panel(tab)),
            }}
        </Tabs>
    }
}

part!(later, fetch_tabs, panel(tab: Tab), match tab {
    Tab::Activations => ().into_any(),
    Tab::Weights => view! { <WeightsPanel /> }.into_any(),
    Tab::Gradients => view! { <GradientsPanel /> }.into_any(),
    Tab::Evidence => view! { <EvidencePanel /> }.into_any(),
    Tab::Features => view! { <FeaturesPanel /> }.into_any(),
    Tab::Surgery => view! { <SurgeryPanel /> }.into_any(),
    Tab::Code => view! { <CodePanel /> }.into_any(),
});
