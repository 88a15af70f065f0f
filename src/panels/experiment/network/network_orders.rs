//! What can be done with the list of layers: moving, adding, removing, dragging.

use super::arrange::move_layer;
use crate::state::{Editor, use_app_state, use_editor};
use inkling_engine::experiment::LayerConfig;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, HtmlElement};

/// What can be done with the list.
#[derive(Clone, Copy)]
pub struct NetworkOrders {
    editor: Editor,
    kinds: Signal<usize>,
    dragged: RwSignal<Option<usize>>,
    target: RwSignal<Option<usize>>,
}

impl NetworkOrders {
    /// For the list on the page.
    #[must_use]
    pub fn new() -> NetworkOrders {
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
