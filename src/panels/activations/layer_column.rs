//! One layer of the strip: name, shape, pictures, legend.

use super::legend::Legend;
use super::map_grid::MapGrid;
use super::output_bars::OutputBars;
use crate::components::Term;
use crate::components::layers::entry_of;
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
    let figure = NodeRef::<Figure>::new();
    Effect::new(move |_| {
        if let Some(figure) = figure.get() {
            watcher.observe(&figure);
        }
    });
    let (name, shape, layer_idx) = (plan.name.clone(), plan.shape.to_string(), plan.layer_idx);
    let (entry, form) = (entry_of(plan.type_name), plan.form);
    let plan = StoredValue::new(plan);
    view! {
        <figure node_ref=figure class="layer-column" data-layer-idx=layer_idx>
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
