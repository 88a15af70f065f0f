//! Which layer and which of its units are looked at.

use crate::components::plane::dense_layers;
use crate::protocol::questions::PlaneSpace;
use inkling_engine::experiment::{Activation, CheckedExperiment};

/// A layer and two of its units, or one twice where the layer has only one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// Which Dense layer, counted from 0.
    pub dense_idx: usize,
    /// How many Dense layers there are.
    pub n_dense: usize,
    /// Its units.
    pub n_units: usize,
    /// What is applied to its sums.
    pub activation: Activation,
    /// What is asked.
    pub question: PlaneSpace,
}

impl Choice {
    /// The wanted layer and units as far as they are there; else the last hidden layer and its first two units. `None`
    /// without a Dense layer.
    #[must_use]
    pub fn of(checked: &CheckedExperiment, layer: Option<usize>, units: [usize; 2]) -> Option<Choice> {
        let layers = dense_layers(checked);
        let n_dense = layers.len();
        let dense_idx = layer.filter(|idx| *idx < n_dense).unwrap_or(n_dense.saturating_sub(2));
        let &(layer_idx, n_units) = layers.get(dense_idx)?;
        let [mut a, mut b] = units;
        if a >= n_units || b >= n_units {
            [a, b] = [0, 1.min(n_units.saturating_sub(1))];
        }
        let activation = checked.layers()[layer_idx].activation().unwrap_or_default();
        Some(Choice { dense_idx, n_dense, n_units, activation, question: PlaneSpace { layer_idx, units: [a, b] } })
    }

    /// Whether the layer has one axis alone.
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.n_units == 1
    }

    /// What the layer is called.
    #[must_use]
    pub fn layer_name(dense_idx: usize, n_dense: usize) -> String {
        if dense_idx + 1 == n_dense { "the output".to_owned() } else { format!("hidden layer {dense_idx}") }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::PlanePreset;

    #[test]
    fn what_is_not_there_is_not_asked_for() {
        let checked = PlanePreset::Playground.experiment().check().unwrap();
        let of = |layer, units| Choice::of(&checked, layer, units).unwrap();
        let first = of(None, [0, 1]);
        assert_eq!((first.dense_idx, first.n_units, first.question.units), (1, 2, [0, 1]));
        assert_eq!(of(Some(0), [3, 1]).question.units, [3, 1]);
        assert_eq!(of(Some(1), [3, 1]).question.units, [0, 1]);
        assert_eq!(of(Some(7), [0, 1]).dense_idx, 1);
        let output = of(Some(2), [0, 1]);
        assert!(output.is_single() && output.question.units == [0, 0]);
        let linear = PlanePreset::Gauss.experiment().check().unwrap();
        assert_eq!(Choice::of(&linear, None, [0, 1]).unwrap().dense_idx, 0);
    }
}
