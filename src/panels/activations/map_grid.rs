//! The pictures of one layer, eight a row.

use super::field_overlay::FieldOverlay;
use super::map_picture::MapPicture;
use crate::components::layers::{LayerForm, LayerPlan};
use leptos::prelude::*;

/// Pictures in a row.
pub const PICTURES_PER_ROW: usize = 8;

/// Pictures that are shown at once; more on request.
const PICTURES_AT_ONCE: usize = 64;

/// All maps of a layer, or its one picture of cells.
#[component]
pub fn MapGrid(
    /// The layer.
    plan: StoredValue<LayerPlan>,
) -> impl IntoView {
    let form = plan.read_value().form;
    let n_pictures = form.n_pictures();
    let n_shown = RwSignal::new(n_pictures.min(PICTURES_AT_ONCE));
    let is_maps = matches!(form, LayerForm::Maps { .. });
    view! {
        <div
            class="map-grid"
            class:map-grid--single=!is_maps
            role="group"
            aria-label=move || {
                let name = plan.read_value().name.clone();
                format!("{name}: arrow keys choose a map, Enter reads its cells, Enter again takes one apart, Escape goes back")
            }
            style=format!("--picture: {}px", form.picture_width_px())
        >
            <For each=move || 0..n_shown.get() key=|channel| *channel let:channel>
                <MapPicture plan channel />
            </For>
            <FieldOverlay plan n_shown />
        </div>
        <Show when=move || n_shown.get() < n_pictures>
            <p class="map-grid__more">
                {move || format!("first {} of {n_pictures} · ", n_shown.get())}
                <button
                    type="button"
                    class="button button--plain"
                    on:click=move |_| n_shown.update(|n_shown| *n_shown = (*n_shown + PICTURES_AT_ONCE).min(n_pictures))
                >
                    "show more"
                </button>
            </p>
        </Show>
    }
}
