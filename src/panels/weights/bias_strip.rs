//! A layer's biases as a strip of cells.

use super::value_strip::{StripWords, ValueStrip};
use crate::components::layers::LayerView;
use crate::components::{Newest, glossary};
use crate::protocol::questions::Weights;
use leptos::prelude::*;
use std::sync::Arc;

/// One cell a bias.
#[component]
pub fn BiasStrip(
    /// The layer.
    view: StoredValue<LayerView>,
    /// Its numbers.
    answer: Newest<Weights>,
) -> impl IntoView {
    let (n, name) = view.with_value(|view| (view.layer.n_bias, view.layer.name.clone()));
    let values = Signal::derive(move || {
        let answer = answer.read();
        Some(view.read_value().arrays(answer.as_ref()?)?.1.to_vec())
    });
    let words = StripWords {
        entry: glossary::BIAS,
        caption: "biases",
        label: format!("{name}, {n} biases"),
        cell: Arc::new(move |unit| format!("{name} · bias of {}", view.read_value().unit_name(unit))),
    };
    view! { <ValueStrip words n values /> }
}
