//! The signals that the components of the weights' panel share.

use super::stretch::{Stretch, weight_domain};
use crate::components::layers::LayerView;
use crate::components::{Newest, Unscramble, newest};
use crate::plot::colour_map::Domain;
use crate::protocol::questions::{GradientsAnswer, WeightKind, Weights};
use crate::protocol::{Phase, RunId};
use crate::state::AppState;
use inkling_engine::explain::{order_by_magnitude, unit_influences, unit_norms};
use leptos::prelude::*;
use ndarray::Array1;
use std::collections::BTreeSet;

/// Signals of the panel; cheap to copy.
#[derive(Clone, Copy)]
pub struct WeightsContext {
    /// The page's state.
    pub state: AppState,
    /// Which numbers are shown.
    pub kind: RwSignal<WeightKind>,
    /// Over what their colours are stretched.
    pub stretch: RwSignal<Stretch>,
    /// The order of the units.
    pub order: RwSignal<UnitOrder>,
    /// The layers of which the screen shows a part.
    pub visible: RwSignal<BTreeSet<usize>>,
    /// Whether pictures of weights on shuffled pixels are put back.
    pub unscramble: Unscramble,
}

/// The order of the units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnitOrder {
    /// By index.
    #[default]
    Index,
    /// By length of their weights, longest first.
    Norm,
    /// By influence on the prediction for the present image, largest first.
    Influence,
}

impl UnitOrder {
    /// All, in the order of the menu.
    pub const ALL: [UnitOrder; 3] = [UnitOrder::Index, UnitOrder::Norm, UnitOrder::Influence];

    /// Its word in the menu.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            UnitOrder::Index => "index",
            UnitOrder::Norm => "length of weights",
            UnitOrder::Influence => "influence on this reading",
        }
    }
}

/// What an order of units was made for (choice, run, epochs done), and the order, once its numbers are there.
type Ranking = ((UnitOrder, RunId, usize), Option<Vec<usize>>);

impl WeightsContext {
    /// The panel's signals.
    #[must_use]
    pub fn new(state: AppState) -> WeightsContext {
        WeightsContext {
            state,
            kind: RwSignal::new(WeightKind::Values),
            stretch: RwSignal::new(Stretch::default()),
            order: RwSignal::new(UnitOrder::default()),
            visible: RwSignal::new(BTreeSet::new()),
            unscramble: Unscramble::new(state),
        }
    }

    /// The newest numbers of a layer, of the kind that is chosen.
    #[must_use]
    pub fn answer(self, layer_idx: usize) -> Newest<Weights> {
        newest(move || self.state.answers.weights.to(Weights { layer_idx, kind: self.kind.get() }))
    }

    /// The scale of a layer's pictures.
    #[must_use]
    pub fn domain(self, view: StoredValue<LayerView>, answer: Newest<Weights>) -> Memo<Option<Domain>> {
        Memo::new(move |_| {
            let answer = answer.read();
            let (kernel, _) = view.read_value().arrays(answer.as_ref()?)?;
            weight_domain(kernel.by_unit(), self.stretch.get())
        })
    }

    /// A layer's units in the order that is chosen. While the network trains they change places at the ends of epochs
    /// only: pictures that keep moving cannot be watched.
    #[must_use]
    pub fn units(self, view: StoredValue<LayerView>, answer: Newest<Weights>) -> Memo<Vec<usize>> {
        let ranked = self.ranked_units(view, answer);
        let run = self.state.run;
        // What the order was made for, and the order.
        let held = Memo::new(move |former: Option<&Ranking>| {
            let occasion = (self.order.get(), run.id.get(), run.epochs.read().len());
            match former {
                Some(former @ (of, Some(_))) if *of == occasion && run.phase() == Phase::Training => former.clone(),
                _ => (occasion, ranked.get()),
            }
        });
        Memo::new(move |_| held.read().1.clone().unwrap_or_else(|| (0..view.read_value().n_units()).collect()))
    }

    /// The order by the newest numbers; `None` while they are not there.
    fn ranked_units(self, view: StoredValue<LayerView>, answer: Newest<Weights>) -> Memo<Option<Vec<usize>>> {
        Memo::new(move |_| {
            let view = view.read_value();
            let n_units = view.n_units();
            let scores = match self.order.get() {
                UnitOrder::Index => return Some((0..n_units).collect()),
                UnitOrder::Norm => {
                    answer.read().as_ref().and_then(|answered| Some(unit_norms(view.arrays(answered)?.0)))
                }
                UnitOrder::Influence => self.influences(&view),
            };
            scores.map(|scores| order_by_magnitude(scores.view()))
        })
    }

    /// By how much the log-probability of the predicted digit would fall, to first order, without each unit:
    /// `−Σ activation · ∂loss/∂activation`, with the predicted digit as the right answer.
    fn influences(self, view: &LayerView) -> Option<Array1<f32>> {
        let inspection = self.state.inspection.read();
        let activations = inspection.as_ref()?.layer(view.layer_idx)?;
        let GradientsAnswer { layers, values, .. } = &self.state.answers.gradients.newest()?.answer;
        // The last layer's gradient is that of its logits, not of the probabilities that it gives.
        let (_, before_last) = layers.split_last()?;
        let gradient = before_last.iter().find(|layer| layer.layer_idx == view.layer_idx)?.view(values)?;
        (gradient.dim() == activations.dim()).then(|| unit_influences(activations, gradient))
    }
}
