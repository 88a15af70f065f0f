//! What a BatchNormalization keeps: a strip each for gamma, beta, moving mean and moving variance.

use super::context::WeightsContext;
use super::value_strip::{StripWords, ValueStrip};
use crate::components::Term;
use crate::components::glossary::{self, Entry};
use crate::components::layers::LayerWatcher;
use crate::plot::number::thousands;
use inkling_engine::experiment::{CheckedLayer, Shape};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// The arrays in the order in which they lie, with Keras' names.
const ARRAYS: [(Entry, &str); 4] = [
    (glossary::GAMMA, "gamma"),
    (glossary::BETA, "beta"),
    (glossary::MOVING_MEAN, "moving_mean"),
    (glossary::MOVING_VARIANCE, "moving_variance"),
];

/// A layer that normalizes.
#[component]
pub fn NormalizationWeights(
    /// Index into the network.
    layer_idx: usize,
    /// The layer.
    layer: CheckedLayer,
) -> impl IntoView {
    let context = expect_context::<WeightsContext>();
    let watcher = expect_context::<LayerWatcher>();
    let section = NodeRef::<html::Section>::new();
    Effect::new(move |_| {
        if let Some(section) = section.get() {
            watcher.observe(&section, layer_idx);
        }
    });
    let answer = context.answer(layer_idx);
    let (n, n_params) = (layer.n_normalized, layer.n_params());
    let channel = if matches!(layer.input_shape, Shape::Image { .. }) { "channel" } else { "unit" };
    let size = format!("4·{} = {} parameters, half of them not trainable", thousands(n), thousands(n_params));
    let (name, entry) = (layer.name, Entry::of_layer(&layer.config));
    let (title, data_name) = (name.clone(), name.clone());
    let strips = ARRAYS.into_iter().enumerate().map(|(part, (entry, caption))| {
        let values = Signal::derive(move || {
            let answer = answer.read();
            let answered = answer.as_ref()?;
            let values = &answered.answer.values;
            let fits = answered.question.layer_idx == layer_idx && values.len() == n_params;
            fits.then(|| values[part * n..][..n].to_vec())
        });
        let name = name.clone();
        let words = StripWords {
            entry,
            caption,
            label: format!("{name}, {caption} of {n} {channel}s"),
            cell: Arc::new(move |unit| format!("{name} · {caption} of {channel} {unit}")),
        };
        view! { <ValueStrip words n values /> }
    });
    view! {
        <section node_ref=section class="layer-weights" data-testid="layer-weights" data-layer=data_name>
            <h3 class="layer-weights__title">
                <Term entry>
                    <span class="layer-column__name">{title}</span>
                </Term>
                <span class="layer-weights__size">{size}</span>
            </h3>
            <div class="layer-weights__body">
                <div class="layer-weights__pictures">{strips.collect_view()}</div>
            </div>
        </section>
    }
}
