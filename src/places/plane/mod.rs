//! Plane: networks that tell points of the plane apart, as in TensorFlow Playground.

mod closer_tabs;

use crate::components::plane::{EditHistory, keep_looking, provide_plane_screen};
use crate::link::hide_query;
use crate::panels::experiment::ExperimentPanel;
use crate::panels::plane_data::PlaneDataPanel;
use crate::panels::plane_lines::PlaneLinesPanel;
use crate::panels::plane_network::PlaneNetworkPanel;
use crate::panels::plane_output::PlaneOutputPanel;
use crate::panels::plane_share::PlaneSharePanel;
use crate::panels::plane_space::PlaneSpacePanel;
use crate::panels::plane_step::PlaneStepPanel;
use crate::panels::plane_surface::PlaneSurfacePanel;
use crate::panels::run::{Curves, RunBar, RunTable};
use crate::state::{AppState, Place, Places, provide_editor};
use closer_tabs::{Closer, CloserTabs};
use inkling_engine::experiment::PlanePreset;
use leptos::prelude::*;

/// The place, with a state and a worker of its own.
#[component]
pub fn Plane() -> impl IntoView {
    let Ok(checked) = PlanePreset::Playground.experiment().check() else {
        unreachable!("every preset passes the check")
    };
    let state = AppState::new(Place::Plane, checked);
    provide_context(state);
    let editor = provide_editor(state);
    let places = expect_context::<Places>();
    places.add_plane(state, editor);
    let screen = provide_plane_screen(state);
    EditHistory::provide(state, editor);
    // The address keeps what is hidden.
    Effect::new(move |_| places.plane_query.set(hide_query(&screen.hidden.read())));
    Effect::new(move |_| {
        let Some(asked) = places.asked_of_plane.get() else { return };
        places.asked_of_plane.set(None);
        if let Some(experiment) = asked.experiment {
            editor.replace(experiment);
        }
        if let Some(view) = asked.view {
            screen.take_up(view);
        }
    });
    state.start_worker();
    keep_looking(state, screen, move || places.open.get() == Place::Plane);
    view! {
        <main class="plane">
            <PlaneDataPanel />
            <PlaneNetworkPanel>
                <RunBar />
            </PlaneNetworkPanel>
            <PlaneOutputPanel />
            <PlaneSharePanel />
            <CloserTabs view=closer />
            <ExperimentPanel />
        </main>
    }
}

/// What a tab of [`CloserTabs`] shows.
fn closer(tab: Closer) -> AnyView {
    match tab {
        Closer::Curves => view! {
            <Curves />
            <RunTable />
        }
        .into_any(),
        Closer::Lines => view! { <PlaneLinesPanel /> }.into_any(),
        Closer::Space => view! { <PlaneSpacePanel /> }.into_any(),
        Closer::Step => view! { <PlaneStepPanel /> }.into_any(),
        Closer::Surface => view! { <PlaneSurfacePanel /> }.into_any(),
    }
}
