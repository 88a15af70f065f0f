//! The fields that a layer shows in its row.

use super::layer_field::{LayerField, field_words};
use inkling_engine::experiment::LayerConfig;
use leptos::prelude::*;

/// The hyperparameters that matter most, edited in place.
#[component]
pub fn LayerRow(
    /// The layer's place.
    layer_idx: usize,
    /// The layer; its numbers are read from the experiment.
    layer: LayerConfig,
) -> impl IntoView {
    let words = field_words(&layer);
    let shown = (0..words.len()).filter(|&field_idx| !words[field_idx].is_detail).collect::<Vec<_>>();
    let fields = shown.into_iter().enumerate().map(|(place, field_idx)| {
        let dot = (place > 0).then(|| view! { <span class="layer__dot" aria-hidden="true">"·"</span> });
        view! {
            {dot}
            <LayerField layer_idx field_idx />
        }
    });
    fields.collect_view()
}
