//! A link from a number that is taken apart to the tab where its unit is edited_unit on.

use crate::panels::weights::layers_with_weights;
use crate::places::digits::OpenTab;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Opens the tab at the pinned cell's unit; nothing where its layer has no weights.
#[component]
pub fn EditUnitLink() -> impl IntoView {
    let state = use_app_state();
    let open_tab = use_context::<OpenTab>();
    let target = Memo::new(move |_| {
        let (layer_idx, cell) = state.pinned.get()?;
        let layers = layers_with_weights(&state.run.experiment.read());
        let view = layers.iter().find(|view| view.layer_idx == layer_idx)?;
        Some((layer_idx, cell.channel, view.unit_name(cell.channel)))
    });
    move || {
        let ((layer_idx, unit, name), open_tab) = target.get().zip(open_tab)?;
        Some(view! {
            <button type="button" class="probe-link" on:click=move |_| open_tab.edit_unit(layer_idx, unit)>
                {format!("operate on {name}")}
            </button>
        })
    }
}
