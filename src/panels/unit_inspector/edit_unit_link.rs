//! A link from a number that is taken apart to the editor of its unit's weights.

use crate::components::layers::layers_with_weights;
use crate::components::units::EditedUnit;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Opens the editor at the pinned cell's unit; nothing where its layer has no weights.
#[component]
pub fn EditUnitLink() -> impl IntoView {
    let state = use_app_state();
    let edited_unit = use_context::<EditedUnit>();
    let target = Memo::new(move |_| {
        let (layer_idx, cell) = state.pinned.get()?;
        let layers = layers_with_weights(state.run.checked.read().layers());
        let view = layers.iter().find(|view| view.layer_idx == layer_idx)?;
        Some((layer_idx, cell.channel, view.unit_name(cell.channel)))
    });
    move || {
        let ((layer_idx, unit, name), edited_unit) = target.get().zip(edited_unit)?;
        Some(view! {
            <button
                type="button"
                class="unit-inspector-link"
                prop:textContent=format!("Edit {name}")
                on:click=move |_| edited_unit.open(layer_idx, unit)
            ></button>
        })
    }
}
