//! Which unit or channel is meant: a layer, and a number in it.

use crate::state::AppState;
use inkling_engine::experiment::{CheckedLayer, LayerConfig, Shape};
use leptos::prelude::*;

/// A layer whose units look for something.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Index into the network.
    pub layer_idx: usize,
    /// Its Keras name.
    pub name: String,
    /// Shape of its output.
    pub shape: Shape,
    /// Whether it has weights, so that it can be edited.
    pub has_weights: bool,
}

impl Candidate {
    /// Units or channels.
    #[must_use]
    pub fn n_channels(&self) -> usize {
        self.shape.dims()[2]
    }

    /// `unit` or `channel`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        if matches!(self.shape, Shape::Image { .. }) { "channel" } else { "unit" }
    }
}

/// The layers to choose from: those that compute something of their own.
#[must_use]
pub fn candidates(layers: &[CheckedLayer]) -> Vec<Candidate> {
    let is_own = |layer: &CheckedLayer| !matches!(layer.config, LayerConfig::FLATTEN | LayerConfig::Dropout(_));
    let layers = layers.iter().enumerate().filter(|(_, layer)| is_own(layer));
    let candidates = layers.map(|(layer_idx, layer)| Candidate {
        layer_idx,
        name: layer.name.clone(),
        shape: layer.output_shape,
        has_weights: layer.n_kernel > 0,
    });
    candidates.collect()
}

/// The choice, and what there is to choose from.
#[derive(Clone, Copy)]
pub struct UnitChoice {
    /// The layers.
    pub candidates: Memo<Vec<Candidate>>,
    /// The layer's index into the network, and its unit or channel.
    pub chosen: RwSignal<(usize, usize)>,
    /// The chosen layer; `None` for a network without any.
    pub layer: Memo<Option<Candidate>>,
    /// Index of the chosen unit or channel, inside the layer.
    pub channel: Memo<usize>,
}

impl UnitChoice {
    /// The first unit of the first layer.
    #[must_use]
    pub fn new(state: AppState) -> UnitChoice {
        UnitChoice::among(state, |_| true, RwSignal::new((0, 0)))
    }

    /// The unit that `chosen` names, among the layers that are offered; the first where it names none of them.
    #[must_use]
    pub fn among(state: AppState, is_offered: fn(&Candidate) -> bool, chosen: RwSignal<(usize, usize)>) -> UnitChoice {
        let candidates = Memo::new(move |_| {
            candidates(state.run.checked.read().layers()).into_iter().filter(is_offered).collect::<Vec<_>>()
        });
        let layer = Memo::new(move |_| {
            let candidates = candidates.read();
            let (layer_idx, _) = chosen.get();
            candidates.iter().find(|layer| layer.layer_idx == layer_idx).or(candidates.first()).cloned()
        });
        let channel = Memo::new(move |_| {
            let n_channels = layer.read().as_ref().map_or(1, Candidate::n_channels);
            chosen.get().1.min(n_channels - 1)
        });
        UnitChoice { candidates, chosen, layer, channel }
    }

    /// Chooses a unit of the present layer.
    pub fn choose_channel(self, channel: usize) {
        let layer_idx = self.layer.read_untracked().as_ref().map_or(0, |layer| layer.layer_idx);
        self.chosen.set((layer_idx, channel));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::Preset;

    #[test]
    fn layers_that_only_pass_on_are_left_out() {
        let checked = Preset::LessonCnn.experiment().check().unwrap();
        let candidates = candidates(checked.layers());
        let names: Vec<(&str, usize, &str)> =
            candidates.iter().map(|layer| (layer.name.as_str(), layer.n_channels(), layer.word())).collect();
        let expected = [
            ("conv2d", 32, "channel"),
            ("max_pooling2d", 32, "channel"),
            ("conv2d_1", 64, "channel"),
            ("max_pooling2d_1", 64, "channel"),
            ("dense", 10, "unit"),
        ];
        assert_eq!(names, expected);
        assert!(candidates[0].has_weights && !candidates[1].has_weights);
    }
}
