//! One picture of the strip: a canvas with one pixel a value.

use super::gallery::Gallery;
use crate::components::layers::LayerPlan;
use crate::plot::picture::context_of;
use leptos::html::Canvas;
use leptos::prelude::*;

/// The picture `channel` of a layer; the [`Gallery`] paints and labels it.
#[component]
pub fn MapPicture(
    /// Its layer.
    plan: StoredValue<LayerPlan>,
    /// Which picture of the layer.
    channel: usize,
) -> impl IntoView {
    let gallery = expect_context::<Gallery>();
    let canvas = NodeRef::<Canvas>::new();
    Effect::new(move |_| {
        let Some(context) = canvas.get().and_then(|canvas| context_of(&canvas)) else { return };
        let layer_idx = plan.read_value().layer_idx;
        gallery.add(layer_idx, channel, context.clone());
        let context = StoredValue::new_local(context);
        on_cleanup(move || {
            context.try_with_value(|context| gallery.remove(layer_idx, channel, context));
        });
    });
    let plan = plan.read_value();
    let [height, width] = plan.form.picture_size();
    view! {
        <canvas
            node_ref=canvas
            class="map-picture"
            width=width
            height=height
            role="img"
            // One stop of the Tab key per layer; arrow keys go on from there.
            tabindex=if channel == 0 { "0" } else { "-1" }
            aria-label=plan.picture_name(channel)
            data-testid="layer-map"
            data-layer=plan.name.clone()
            data-channel=channel
        ></canvas>
    }
}
