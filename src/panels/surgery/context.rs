//! The signals that the panel's components share.

use super::brush::{Brush, BrushSign};
use super::unit_weights::UnitWeights;
use crate::components::layers::{LayerView, layers_with_weights};
use crate::components::newest;
use crate::components::units::{Candidate, UnitChoice};
use crate::plot::colour_map::Domain;
use crate::protocol::questions::{Comparison, WeightKind, Weights};
use crate::state::{AppState, WeightEdits};
use inkling_engine::explain::{Edit, Frozen, value_range};
use leptos::prelude::*;

/// Signals and actions of the panel; cheap to copy.
#[derive(Clone, Copy)]
pub struct SurgeryContext {
    /// The page's state.
    pub state: AppState,
    /// Which layer and unit is edited.
    pub choice: UnitChoice,
    /// The layers that have weights.
    pub layers: Memo<Vec<LayerView>>,
    /// The layer that is edited.
    pub view: Memo<Option<LayerView>>,
    /// The input channel whose kernel is shown, where a filter has several.
    pub in_channel: Memo<usize>,
    /// The unit's present weights; none while they are on their way.
    pub weights: Memo<Option<UnitWeights>>,
    /// The scale of the layer's colours.
    pub domain: Memo<Option<Domain>>,
    /// The sign of the weights that the brush sets.
    pub sign: RwSignal<BrushSign>,
    /// Cells that the brush is across.
    pub brush_width: RwSignal<usize>,
    /// Size of the weights that the brush leaves.
    pub strength: Memo<f32>,
    chosen_strength: RwSignal<Option<f32>>,
    chosen_in_channel: RwSignal<usize>,
}

impl SurgeryContext {
    /// The panel's signals; `chosen` names the layer and the unit.
    #[must_use]
    pub fn new(state: AppState, chosen: RwSignal<(usize, usize)>) -> SurgeryContext {
        let choice = UnitChoice::among(state, |layer: &Candidate| layer.has_weights, chosen);
        let layers = Memo::new(move |_| layers_with_weights(state.run.checked.read().layers()));
        let view = Memo::new(move |_| {
            let layer_idx = choice.layer.read().as_ref()?.layer_idx;
            layers.read().iter().find(|view| view.layer_idx == layer_idx).cloned()
        });
        let answer = newest(move || {
            let layer_idx = view.read().as_ref()?.layer_idx;
            state.answers.weights.to(Weights { layer_idx, kind: WeightKind::Values })
        });
        let weights = Memo::new(move |_| {
            let (view, answer) = (view.read(), answer.read());
            UnitWeights::of(
                view.as_ref()?,
                answer.as_ref()?,
                state.run.weight_edits.read().open(),
                choice.channel.get(),
            )
        });
        let layer_reach = Memo::new(move |_| {
            let (view, answer) = (view.read(), answer.read());
            let (kernel, _) = view.as_ref()?.arrays(answer.as_ref()?)?;
            let [min, max] = value_range(kernel.by_unit())?;
            Some(min.abs().max(max.abs()))
        });
        let domain = Memo::new(move |_| {
            let weights = weights.read();
            let [min, max] = value_range(&weights.as_ref()?.kernel).unwrap_or_default();
            let reach = layer_reach.get()?.max(min.abs()).max(max.abs());
            Some(Domain::signed(-reach, reach))
        });
        let chosen_in_channel = RwSignal::new(0);
        let in_channel = Memo::new(move |_| {
            let n_channels = view.read().as_ref().map_or(1, n_in_channels);
            chosen_in_channel.get().min(n_channels - 1)
        });
        let chosen_strength = RwSignal::new(None);
        let strength = Memo::new(move |_| chosen_strength.get().unwrap_or_else(|| usual_strength(layer_reach.get())));
        SurgeryContext {
            state,
            choice,
            layers,
            view,
            in_channel,
            weights,
            domain,
            sign: RwSignal::new(BrushSign::default()),
            brush_width: RwSignal::new(1),
            strength,
            chosen_strength,
            chosen_in_channel,
        }
    }

    /// The layer's index and the unit's, as edits name them.
    #[must_use]
    pub fn target(self) -> (usize, usize) {
        let layer_idx = self.view.read().as_ref().map_or(0, |view| view.layer_idx);
        (layer_idx, self.choice.channel.get())
    }

    /// The brush.
    #[must_use]
    pub fn brush(self) -> Brush {
        Brush { sign: self.sign.get(), strength: self.strength.get(), width: self.brush_width.get() }
    }

    /// Chooses how large the weights are that the brush leaves.
    pub fn choose_strength(self, strength: f32) {
        self.chosen_strength.set(Some(strength));
    }

    /// Shows the kernel of another input channel.
    pub fn choose_in_channel(self, in_channel: usize) {
        self.chosen_in_channel.set(in_channel);
    }

    /// Changes the edits; the prediction follows at once.
    pub fn operate(self, change: impl FnOnce(&mut WeightEdits)) {
        self.state.edit_weights(change);
        self.state.ask(Comparison);
    }

    /// Makes an edit.
    pub fn edit(self, edit: Edit) {
        self.operate(|weight_edits| weight_edits.edit(edit));
    }

    /// Whether training leaves a part alone.
    #[must_use]
    pub fn is_held(self, part: Frozen) -> bool {
        self.state.run.weight_edits.read().is_held(part)
    }
}

/// Channels that a layer's units look at, each with a kernel of its own.
#[must_use]
pub fn n_in_channels(view: &LayerView) -> usize {
    view.layer.input_shape.dims()[2].max(1)
}

/// As large as the layer's largest weight, in two digits.
fn usual_strength(reach: Option<f32>) -> f32 {
    match reach {
        Some(reach) if reach > 0.0 && reach.is_finite() => {
            format!("{reach:.1e}").parse().unwrap_or(reach).clamp(0.01, 10.0)
        }
        _ => 0.1,
    }
}

#[cfg(test)]
mod tests {
    use super::usual_strength;

    #[test]
    fn a_brush_is_as_strong_as_the_layer() {
        assert_eq!(usual_strength(Some(0.3149)), 0.31);
        assert_eq!(usual_strength(Some(1e-9)), 0.01);
        assert_eq!([usual_strength(Some(0.0)), usual_strength(None)], [0.1, 0.1]);
    }
}
