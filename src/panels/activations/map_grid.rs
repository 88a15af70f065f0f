//! The pictures of one layer, eight a row, painted on one canvas.

use super::field_overlay::FieldOverlay;
use super::gallery::Gallery;
use super::map_picture::MapPicture;
use super::map_sheet::MapSheet;
use crate::components::ShowMore;
use crate::components::layers::{LayerForm, LayerPlan};
use crate::plot::picture::context_of;
use leptos::html::Canvas;
use leptos::prelude::*;

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
    let sheet = Memo::new(move |_| MapSheet::new(form, n_shown.get()));
    let canvas = NodeRef::<Canvas>::new();
    let (gallery, layer_idx) = (expect_context::<Gallery>(), plan.read_value().layer_idx);
    Effect::new(move |_| {
        // A canvas of another size is blank.
        sheet.track();
        if let Some(context) = canvas.get().and_then(|canvas| context_of(&canvas)) {
            gallery.add(layer_idx, context, sheet);
        }
    });
    on_cleanup(move || gallery.remove(layer_idx, sheet));
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
            prop:style=move || {
                let [height, width] = sheet.read().size();
                format!("--picture: {}px; aspect-ratio: {width} / {height}", form.picture_width_px())
            }
        >
            <For each=move || 0..n_shown.get() key=|channel| *channel let:channel>
                <MapPicture plan channel sheet />
            </For>
            <canvas
                node_ref=canvas
                class="map-grid__sheet"
                height=move || sheet.read().size()[0]
                width=move || sheet.read().size()[1]
                aria-hidden="true"
            ></canvas>
            <FieldOverlay plan sheet />
        </div>
        <ShowMore n_shown n=n_pictures button_class="button button--plain" on_more=Callback::new(move |()| n_shown.update(|n_shown| *n_shown = (*n_shown + PICTURES_AT_ONCE).min(n_pictures))) />
    }
}
