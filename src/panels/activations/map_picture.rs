//! One picture of the strip, as it is pointed at and read out; its pixels are on the layer's [`MapSheet`].

use super::map_sheet::MapSheet;
use crate::components::layers::LayerPlan;
use leptos::prelude::*;

/// The picture `channel` of a layer; the [`Gallery`](super::gallery::Gallery) labels it.
#[component]
pub fn MapPicture(
    /// Its layer.
    plan: StoredValue<LayerPlan>,
    /// Which picture of the layer.
    channel: usize,
    /// Where it lies.
    sheet: Memo<MapSheet>,
) -> impl IntoView {
    let plan = plan.read_value();
    view! {
        <div
            class="map-picture"
            role="img"
            // One stop of the Tab key per layer; arrow keys go on from there.
            tabindex=if channel == 0 { "0" } else { "-1" }
            aria-label=plan.picture_name(channel)
            data-testid="layer-map"
            data-layer=plan.name.clone()
            data-channel=channel
            prop:style=move || sheet.read().place_style(channel)
        ></div>
    }
}
