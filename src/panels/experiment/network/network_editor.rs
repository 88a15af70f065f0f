//! The list of layers.

use super::add_layer::AddLayer;
use super::layer_card::LayerCard;
use super::network_orders::NetworkOrders;
use crate::components::fields::use_field_errors;
use crate::components::{Term, glossary};
use crate::state::use_app_state;
use inkling_engine::experiment::{LayerConfig, Place, thousands};
use inkling_engine::summary::{SummaryRow, size_text};
use leptos::prelude::*;

/// Input, layers, and what they cost together.
#[component]
pub fn NetworkEditor() -> impl IntoView {
    let (state, orders) = (use_app_state(), NetworkOrders::new());
    let rows = Memo::new(move |_| -> Vec<Option<SummaryRow>> {
        let traced = state.experiment.read().trace_shapes();
        traced.into_iter().map(|layer| layer.ok().map(|layer| SummaryRow::new(&layer))).collect()
    });
    let network_fault = use_field_errors().place(Place::Network);
    // A card stays as long as there is a layer of its kind at its place; its numbers change inside of it.
    let kinds = Memo::new(move |_| {
        let experiment = state.experiment.read();
        experiment.network.iter().map(LayerConfig::type_name).collect::<Vec<_>>()
    });
    let places = move || kinds.get().into_iter().enumerate().collect::<Vec<_>>();
    let card = move |(layer_idx, _): (usize, &'static str)| {
        let row = Memo::new(move |_| rows.read().get(layer_idx).cloned().flatten());
        let kind = state.experiment.read_untracked().network.get(layer_idx).cloned();
        kind.map(|kind| view! { <LayerCard layer_idx kind row orders /> })
    };
    let total = Memo::new(move |_| match &*state.checked.read() {
        Ok(checked) => Some(checked.n_params()),
        Err(_) => {
            let rows = rows.read();
            let is_complete = rows.len() == kinds.read().len() && rows.iter().all(Option::is_some);
            is_complete.then(|| rows.iter().flatten().fold(0, |sum: usize, row| sum.saturating_add(row.n_params)))
        }
    });
    view! {
        <ol class="layers" aria-label="Layers">
            <li class="layer">
                <span class="layer__swatch layer__swatch--input" aria-hidden="true"></span>
                <div class="layer__body">
                    <Term entry=glossary::INPUT>"Input"</Term>
                </div>
                <span class="layer__shape" translate="no">{move || state.experiment.read().data.input_shape().to_string()}</span>
                <span class="layer__params">"–"</span>
            </li>
            <For
                each=places
                key=|&(layer_idx, type_name)| (layer_idx, type_name)
                children=card
            />
        </ol>
        <p class="message message--bad" prop:textContent=move || network_fault.get()></p>
        <div class="network__total">
            <AddLayer />
            <span data-testid="param-count" data-total=move || total.get().map(|total| total.to_string())>
                <span translate="no">{move || total.get().map(|total| format!("{} ", thousands(total)))}</span>
                <Term entry=glossary::PARAMETERS>"parameters"</Term>
                <span prop:textContent=move || match total.get() {
                    Some(total) => format!(" · {}", size_text(total * 4)),
                    None => ": counted once the layers fit together".to_owned(),
                }></span>
            </span>
        </div>
    }
}
