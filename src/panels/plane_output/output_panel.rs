//! The right column of the plane.

use super::losses::Losses;
use super::output_map::OutputMap;
use crate::components::pictures::ColourLegend;
use crate::components::plane::{Hideable, use_plane_screen};
use crate::link::playground::Control;
use crate::plot::colour_map::Domain;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Losses, the map, and how it is shown.
#[component]
pub fn PlaneOutputPanel() -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    let has_sign = Memo::new(move |_| state.run.data().n_outputs == 1);
    let switch = move |label: &'static str, is_on: RwSignal<bool>| {
        view! {
            <label class="switch-field">
                <input
                    type="checkbox"
                    prop:checked=move || is_on.get()
                    on:change=move |event| is_on.set(event_target_checked(&event))
                />
                {label}
            </label>
        }
    };
    view! {
        <section class="panel panel--plane-output" aria-label="Output">
            <Losses />
            <OutputMap />
            <Show when=move || has_sign.get()>
                <ColourLegend domain=Signal::stored(Some(Domain { low: -1.0, high: 1.0 })) note="what the network gives; points have their own class" />
            </Show>
            <div class="plane-output__switches">
                <Hideable control=Control::ShowTestData>{switch("Show test points", screen.shows_test)}</Hideable>
                <Hideable control=Control::Discretize>{switch("Discretize output", screen.is_discrete)}</Hideable>
            </div>
        </section>
    }
}
