//! Weights that training must not change, such as a kernel that a learner has designed.

use super::super::ExplainError;
use super::layer_params::LayerParams;
use crate::experiment::CheckedLayer;
use serde::{Deserialize, Serialize};

/// A part of the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Frozen {
    /// Kernel and bias of a layer.
    Layer {
        /// Which layer.
        layer_idx: usize,
    },
    /// Kernel column and bias of a unit (Dense) or filter (Conv2D).
    Unit {
        /// Which layer.
        layer_idx: usize,
        /// Unit or filter.
        unit: usize,
    },
    /// What a filter does to one input channel, without the bias.
    Slice {
        /// A Conv2D layer.
        layer_idx: usize,
        /// Channel of its input.
        in_channel: usize,
        /// Which filter.
        filter: usize,
    },
}

/// Which weights are frozen, for each in the flat vector of all layers in order, each its kernel, then its bias.
///
/// # Errors
/// If a part does not exist.
pub fn frozen_mask(layers: &[CheckedLayer], parts: &[Frozen]) -> Result<Vec<bool>, ExplainError> {
    let mut mask = vec![false; layers.iter().map(CheckedLayer::n_params).sum()];
    for part in parts {
        match *part {
            Frozen::Layer { layer_idx } => LayerParams::of(layers, layer_idx)?.all().for_each(|i| mask[i] = true),
            Frozen::Unit { layer_idx, unit } => {
                LayerParams::of(layers, layer_idx)?.unit(unit)?.for_each(|i| mask[i] = true);
            }
            Frozen::Slice { layer_idx, in_channel, filter } => {
                LayerParams::of(layers, layer_idx)?.slice(in_channel, filter)?.for_each(|i| mask[i] = true);
            }
        }
    }
    Ok(mask)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::super::testing::*;
    use super::super::{Edit, apply_edits};
    use super::*;

    #[test]
    fn masks_the_weights_that_the_same_edit_changes() {
        let layers = lesson_cnn();
        let weights = vec![1.0; 34_826];
        let changed = |edit| {
            let edited = apply_edits(&layers, &weights, &[edit]).unwrap();
            edited.iter().map(|weight| *weight == 0.0).collect::<Vec<_>>()
        };
        let unit = frozen_mask(&layers, &[Frozen::Unit { layer_idx: 2, unit: 63 }]).unwrap();
        assert_eq!(unit, changed(Edit::SilenceUnit { layer_idx: 2, unit: 63 }));
        assert_eq!(unit.iter().filter(|is_frozen| **is_frozen).count(), 9 * 32 + 1);
        let slice = frozen_mask(&layers, &[Frozen::Slice { layer_idx: 2, in_channel: 31, filter: 5 }]).unwrap();
        let edit = Edit::SetKernel { layer_idx: 2, in_channel: 31, filter: 5, values: vec![0.0; 9] };
        assert_eq!(slice, changed(edit));
    }

    #[test]
    fn parts_are_joined() {
        let layers = lesson_cnn();
        let parts = [Frozen::Layer { layer_idx: 0 }, Frozen::Unit { layer_idx: 0, unit: 3 }];
        let mask = frozen_mask(&layers, &parts).unwrap();
        assert!(mask.iter().enumerate().all(|(i, is_frozen)| *is_frozen == (i < 320)));
        assert!(frozen_mask(&layers, &[Frozen::Layer { layer_idx: 1 }]).is_err());
    }
}
