//! One layer of the strip: name, shape, pictures, legend.

use super::legend::Legend;
use super::map_grid::MapGrid;
use super::output_bars::OutputBars;
use super::plan::{Form, LayerPlan};
use super::watcher::Watcher;
use crate::components::Term;
use crate::components::glossary::{self, Entry};
use leptos::html::Figure;
use leptos::prelude::*;

/// A layer's pictures with all that is needed to read them.
#[component]
pub fn LayerColumn(
    /// The layer.
    plan: LayerPlan,
) -> impl IntoView {
    let watcher = expect_context::<Watcher>();
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
                Form::Bars { .. } => view! { <OutputBars plan /> }.into_any(),
                Form::Maps { .. } | Form::Cells { .. } => {
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

/// The explanation of a layer's class, by its Keras name.
#[must_use]
pub fn entry_of(type_name: &str) -> Entry {
    match type_name {
        "Conv2D" => glossary::CONV2D,
        "MaxPooling2D" => glossary::MAX_POOLING2D,
        "AveragePooling2D" => glossary::AVERAGE_POOLING2D,
        "Flatten" => glossary::FLATTEN,
        "Dropout" => glossary::DROPOUT,
        "Activation" => glossary::ACTIVATION_LAYER,
        _ => glossary::DENSE,
    }
}
