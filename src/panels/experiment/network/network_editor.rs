//! The list of layers.

use super::add_layer::AddLayer;
use super::arrange::move_layer;
use super::layer_card::LayerCard;
use crate::components::{Term, glossary};
use crate::panels::experiment::fields::use_field_errors;
use crate::state::{Editor, use_app_state, use_editor};
use inkling_engine::experiment::{LayerConfig, Place, thousands};
use inkling_engine::summary::{SummaryRow, size_text};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, HtmlElement};

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
                <span class="layer__shape">{move || state.experiment.read().data.input_shape().to_string()}</span>
                <span class="layer__params">"–"</span>
            </li>
            <For
                each=places
                key=|&(layer_idx, type_name)| (layer_idx, type_name)
                children=card
            />
        </ol>
        <p class="message message--bad">{move || network_fault.get()}</p>
        <div class="network__total">
            <AddLayer />
            <span data-testid="param-count" data-total=move || total.get().map(|total| total.to_string())>
                {move || total.get().map(|total| format!("{} ", thousands(total)))}
                <Term entry=glossary::PARAMETERS>"parameters"</Term>
                {move || match total.get() {
                    Some(total) => format!(" · {}", size_text(total * 4)),
                    None => ": counted once the layers fit together".to_owned(),
                }}
            </span>
        </div>
    }
}

/// What can be done with the list.
#[derive(Clone, Copy)]
pub struct NetworkOrders {
    editor: Editor,
    kinds: Signal<usize>,
    dragged: RwSignal<Option<usize>>,
    target: RwSignal<Option<usize>>,
}

impl NetworkOrders {
    fn new() -> NetworkOrders {
        let state = use_app_state();
        NetworkOrders {
            editor: use_editor(),
            kinds: Memo::new(move |_| state.experiment.read().network.len()).into(),
            dragged: RwSignal::new(None),
            target: RwSignal::new(None),
        }
    }

    /// How many layers there are.
    pub fn n_layers(&self) -> usize {
        self.kinds.get()
    }

    /// Moves a layer; beyond either end nothing happens.
    pub fn move_to(&self, from: usize, to: usize) {
        if from == to || from.max(to) >= self.kinds.get_untracked() {
            return;
        }
        self.editor.edit_layers(|network| {
            move_layer(network, from, to);
        });
        focus_card(to);
    }

    /// Adds a layer before the one at that place.
    pub fn insert(&self, layer_idx: usize, layer: LayerConfig) {
        self.editor.edit_layers(|network| network.insert(layer_idx.min(network.len()), layer));
        focus_card(layer_idx);
    }

    /// Removes a layer.
    pub fn remove(&self, layer_idx: usize) {
        self.editor.edit_layers(|network| {
            if layer_idx < network.len() {
                network.remove(layer_idx);
            }
        });
        focus_card(layer_idx.min(self.kinds.get_untracked().saturating_sub(1)));
    }

    /// Whether a dragged layer would land there.
    pub fn is_target(&self, layer_idx: usize) -> bool {
        self.target.get() == Some(layer_idx) && self.dragged.get() != Some(layer_idx)
    }

    /// A drag begins.
    pub fn drag(&self, event: &DragEvent, layer_idx: usize) {
        if let Some(transfer) = event.data_transfer() {
            transfer.set_effect_allowed("move");
            // Firefox begins no drag without data.
            let _ = transfer.set_data("text/plain", &format!("layer {}", layer_idx + 1));
        }
        self.dragged.set(Some(layer_idx));
    }

    /// A drag passes a layer.
    pub fn drag_over(&self, event: &DragEvent, layer_idx: usize) {
        if self.dragged.read_untracked().is_some() {
            event.prevent_default();
            if self.target.get_untracked() != Some(layer_idx) {
                self.target.set(Some(layer_idx));
            }
        }
    }

    /// A drag ends on a layer.
    pub fn drop_on(&self, event: &DragEvent, layer_idx: usize) {
        event.prevent_default();
        let dragged = self.dragged.get_untracked();
        self.end_drag();
        if let Some(from) = dragged {
            self.move_to(from, layer_idx);
        }
    }

    /// A drag ends, wherever.
    pub fn end_drag(&self) {
        self.dragged.set(None);
        self.target.set(None);
    }
}

/// Leads the keyboard to a card once it is on the screen.
pub fn focus_card(layer_idx: usize) {
    request_animation_frame(move || {
        let card = document().query_selector(&format!("[data-layer-card='{layer_idx}']")).ok().flatten();
        if let Some(card) = card.and_then(|card| card.dyn_into::<HtmlElement>().ok()) {
            // A card that cannot take the focus leaves it where it is.
            let _ = card.focus();
        }
    });
}
