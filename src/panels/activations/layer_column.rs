//! One layer of the strip: name, shape, pictures, legend.

use super::legend::Legend;
use super::map_grid::MapGrid;
use super::output_bars::OutputBars;
use crate::components::Term;
use crate::components::layers::{LayerForm, LayerPlan, LayerWatcher};
use leptos::html::Figure;
use leptos::prelude::*;

/// A layer's pictures with all that is needed to read them.
#[component]
pub fn LayerColumn(
    /// The layer.
    plan: LayerPlan,
) -> impl IntoView {
    let watcher = expect_context::<LayerWatcher>();
    let (figure, layer_idx) = (NodeRef::<Figure>::new(), plan.layer_idx);
    Effect::new(move |_| {
        if let Some(figure) = figure.get() {
            watcher.observe(&figure, layer_idx);
        }
    });
    let (name, shape) = (plan.name.clone(), plan.shape.to_string());
    let (entry, form) = (plan.entry, plan.form);
    let plan = StoredValue::new(plan);
    view! {
        <figure node_ref=figure class="layer-column">
            <figcaption class="layer-column__caption">
                <Term entry>
                    <span class="layer-column__name">{name}</span>
                </Term>
                <span class="layer-column__shape">{shape}</span>
            </figcaption>
            {match form {
                LayerForm::Bars { .. } => view! { <OutputBars plan /> }.into_any(),
                LayerForm::Maps { .. } | LayerForm::Cells { .. } => {
                    view! {
                        <MapGrid plan />
                        <Legend plan />
                    }
                        .into_any()
                }
            }}
        </figure>
    }
}
