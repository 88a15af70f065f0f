//! The fields of a layer that are shown on demand.

use super::layer_field::{LayerField, field_words};
use crate::components::Term;
use crate::components::glossary::Entry;
use inkling_engine::experiment::LayerConfig;
use leptos::prelude::*;

/// What a row has no room for: each term once, with all fields that it explains.
#[component]
pub fn LayerDetails(
    /// The layer's place.
    layer_idx: usize,
    /// The layer; its numbers are read from the experiment.
    layer: LayerConfig,
) -> impl IntoView {
    let words = field_words(&layer);
    let details = (0..words.len()).filter(|&field_idx| words[field_idx].is_detail).collect::<Vec<_>>();
    let settings = details.chunk_by(|&one, &next| words[one].term == words[next].term).map(|fields| {
        let entry = Entry::of(words[fields[0]]);
        let fields = fields.iter().map(|&field_idx| {
            let label = words[field_idx].label;
            view! {
                {(label != entry.name).then(|| view! { <span class="muted">{label}</span> })}
                <LayerField layer_idx field_idx />
            }
        });
        view! {
            <div class="layer__setting">
                <Term entry>{entry.name}</Term>
                {fields.collect_view()}
            </div>
        }
    });
    settings.collect_view()
}
