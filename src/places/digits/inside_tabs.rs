//! Ways to look inside the network, as tabs of one panel: activations, weights, gradients, evidence, features, surgery.

use crate::components::fresh_id;
use crate::components::part::{Part, part};
use crate::components::units::EditedUnit;
use crate::panels::activations::{ActivationsPanel, Around};
use crate::panels::dense_graph::DenseGraph;
use crate::panels::evidence::EvidencePanel;
use crate::panels::features::FeaturesPanel;
use crate::panels::gradients::GradientsPanel;
use crate::panels::image_browser::{SubjectNotice, SubjectSwitch, provide_subject};
use crate::panels::surgery::SurgeryPanel;
use crate::panels::unit_inspector::UnitInspectorPanel;
use crate::panels::weights::WeightsPanel;
use crate::state::use_app_state;
use leptos::{html, prelude::*};
use web_sys::KeyboardEvent;

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
}

impl Tab {
    /// All, in order.
    pub const ALL: [Tab; 6] =
        [Tab::Activations, Tab::Weights, Tab::Gradients, Tab::Evidence, Tab::Features, Tab::Surgery];

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Tab::Activations => "Activations",
            Tab::Weights => "Weights",
            Tab::Gradients => "Gradients",
            Tab::Evidence => "Evidence",
            Tab::Features => "Features",
            Tab::Surgery => "Surgery",
        }
    }

    /// Where a key leads from here; the arrows go round. `None` for other keys.
    #[must_use]
    pub fn reached_by(self, key: &str) -> Option<Tab> {
        let n = Tab::ALL.len();
        let idx = match key {
            "ArrowLeft" => self as usize + n - 1,
            "ArrowRight" => self as usize + 1,
            "Home" => 0,
            "End" => n - 1,
            _ => return None,
        };
        Some(Tab::ALL[idx % n])
    }
}

/// The panel "Inside the network". Only the chosen tab is on the page and asks the worker; the strip of activations
/// stays mounted but hidden, so that its pictures need not be made again; it receives no data meanwhile.
#[component]
pub fn InsideTabs() -> impl IntoView {
    let tab = RwSignal::new(Tab::default());
    EditedUnit::provide(Callback::new(move |()| tab.set(Tab::Surgery)));
    provide_subject(use_app_state());
    let around: Around = Box::new(move |strip| view! { <Tabs tab strip /> }.into_any());
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
fn Tabs(tab: RwSignal<Tab>, strip: AnyView) -> impl IntoView {
    let stem = StoredValue::new(fresh_id("inside"));
    let panel_id = move || format!("{}-panel", stem.read_value());
    let tab_id = move |tab: Tab| format!("{}-{}", stem.read_value(), tab.as_str());
    let data = use_app_state().data;
    // Fetched before the first click if possible, and at the latest with it.
    let part = Part::new(fetch_tabs, move || tab.get() != Tab::Activations || data.read().is_settled());
    let buttons = Tab::ALL.map(|_| NodeRef::<html::Button>::new());
    let press = move |event: KeyboardEvent| {
        if let Some(reached) = tab.get_untracked().reached_by(&event.key()) {
            event.prevent_default();
            tab.set(reached);
            if let Some(button) = buttons[reached as usize].get_untracked() {
                // A button that cannot take the focus leaves it where it is.
                let _ = button.focus();
            }
        }
    };
    let button = move |option: Tab| {
        let is_selected = move || tab.get() == option;
        view! {
            <button
                node_ref=buttons[option as usize]
                type="button"
                class="tabs__tab"
                role="tab"
                id=tab_id(option)
                aria-selected=move || is_selected().to_string()
                aria-controls=panel_id()
                tabindex=move || if is_selected() { "0" } else { "-1" }
                on:click=move |_| tab.set(option)
                on:keydown=press
            >
                {option.as_str()}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label="Ways to look inside the network">
            {Tab::ALL.map(button).collect_view()}
        </div>
        <div id=panel_id() role="tabpanel" aria-labelledby=move || tab_id(tab.get())>
            <div hidden=move || tab.get() != Tab::Activations>{strip}</div>
            {move || match tab.get() {
                Tab::Activations => ().into_any(),
                tab => part.show(|| panel(tab)),
            }}
        </div>
    }
}

part!(later, fetch_tabs, panel(tab: Tab), match tab {
    Tab::Activations => ().into_any(),
    Tab::Weights => view! { <WeightsPanel /> }.into_any(),
    Tab::Gradients => view! { <GradientsPanel /> }.into_any(),
    Tab::Evidence => view! { <EvidencePanel /> }.into_any(),
    Tab::Features => view! { <FeaturesPanel /> }.into_any(),
    Tab::Surgery => view! { <SurgeryPanel /> }.into_any(),
});

#[cfg(test)]
mod tests {
    use super::Tab;

    #[test]
    fn arrows_go_round() {
        let last = Tab::ALL[Tab::ALL.len() - 1];
        assert_eq!(Tab::Activations.reached_by("ArrowLeft"), Some(last));
        assert_eq!(last.reached_by("ArrowRight"), Some(Tab::Activations));
        assert_eq!(Tab::Activations.reached_by("ArrowRight"), Some(Tab::Weights));
        assert_eq!(Tab::Gradients.reached_by("Home"), Some(Tab::Activations));
        assert_eq!(Tab::Gradients.reached_by("Enter"), None);
    }

    #[test]
    fn the_tabs_are_numbered_by_their_place() {
        assert!(Tab::ALL.iter().enumerate().all(|(place, tab)| *tab as usize == place));
    }
}
