//! One change of the weights, and a list of them.

use super::super::ExplainError;
use super::layer_params::LayerParams;
use crate::experiment::CheckedLayer;
use serde::{Deserialize, Serialize};

/// One change of the weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Edit {
    /// Kernel column and bias of a unit (Dense) or filter (Conv2D) become 0. Its output is then its activation of 0,
    /// whatever the image: 0, but ½ for sigmoid; in a softmax layer its logit is 0.
    SilenceUnit {
        /// Which layer.
        layer_idx: usize,
        /// Unit or filter.
        unit: usize,
    },
    /// What a filter does to one input channel.
    SetKernel {
        /// A Conv2D layer.
        layer_idx: usize,
        /// Channel of its input.
        in_channel: usize,
        /// Which filter.
        filter: usize,
        /// `[kernel_h · kernel_w]`, finite.
        values: Vec<f32>,
    },
    /// Some weights of a unit, as a brush leaves them. The kernel counts as a matrix `[row, unit]`.
    SetWeights {
        /// Which layer.
        layer_idx: usize,
        /// Unit or filter.
        unit: usize,
        /// Row and new value, finite. Rows are, for Dense: the input; for Conv2D:
        /// `(kernel_row · kernel_w + kernel_column) · in_channels + in_channel`.
        weights: Vec<(usize, f32)>,
    },
    /// One number of a bias.
    SetBias {
        /// Which layer.
        layer_idx: usize,
        /// Unit or filter.
        unit: usize,
        /// Finite.
        value: f32,
    },
}

impl Edit {
    /// The layer, and the unit or filter, that it changes.
    #[must_use]
    pub fn target(&self) -> (usize, usize) {
        match *self {
            Edit::SilenceUnit { layer_idx, unit }
            | Edit::SetKernel { layer_idx, filter: unit, .. }
            | Edit::SetWeights { layer_idx, unit, .. }
            | Edit::SetBias { layer_idx, unit, .. } => (layer_idx, unit),
        }
    }
}

/// The weights with all edits, in order: a later one wins. To take an edit back, apply the others to the same
/// `weights`.
///
/// # Shapes
/// `weights`: of all layers in order, each its kernel, then its bias.
///
/// # Errors
/// Of the first edit that does not fit the network, or holds a number that isn't finite.
///
/// # Panics
/// If `weights` isn't as long as the layers say.
pub fn apply_edits(layers: &[CheckedLayer], weights: &[f32], edits: &[Edit]) -> Result<Vec<f32>, ExplainError> {
    let n_params: usize = layers.iter().map(CheckedLayer::n_params).sum();
    assert_eq!(weights.len(), n_params, "weights of all layers");
    let mut edited = weights.to_vec();
    for edit in edits {
        apply(layers, &mut edited, edit)?;
    }
    Ok(edited)
}

fn apply(layers: &[CheckedLayer], weights: &mut [f32], edit: &Edit) -> Result<(), ExplainError> {
    match edit {
        Edit::SilenceUnit { layer_idx, unit } => {
            LayerParams::of(layers, *layer_idx)?.unit(*unit)?.for_each(|weight_idx| weights[weight_idx] = 0.0);
        }
        Edit::SetKernel { layer_idx, in_channel, filter, values } => {
            let params = LayerParams::of(layers, *layer_idx)?;
            let slice = params.slice(*in_channel, *filter)?;
            if slice.len() != values.len() {
                let expected = format!("{} numbers", slice.len());
                return Err(ExplainError::new(params.place("kernel"), expected, values.len()));
            }
            for (weight_idx, value) in slice.zip(values) {
                weights[weight_idx] = finite(&params, *value)?;
            }
        }
        Edit::SetWeights { layer_idx, unit, weights: new } => {
            let params = LayerParams::of(layers, *layer_idx)?;
            params.bias(*unit)?;
            for (row, value) in new {
                weights[params.weight(*row, *unit)?] = finite(&params, *value)?;
            }
        }
        Edit::SetBias { layer_idx, unit, value } => {
            let params = LayerParams::of(layers, *layer_idx)?;
            weights[params.bias(*unit)?] = finite(&params, *value)?;
        }
    }
    Ok(())
}

fn finite(params: &LayerParams, value: f32) -> Result<f32, ExplainError> {
    if value.is_finite() { Ok(value) } else { Err(ExplainError::new(params.place("value"), "a finite number", value)) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::super::testing::*;
    use super::*;
    use crate::experiment::{Activation, LayerConfig, Padding};
    use proptest::prelude::*;

    /// Conv2D of 3 filters 2×2 on 2 channels, then Dense of 4 units on its 4 cells.
    fn layers(function: Activation) -> Vec<CheckedLayer> {
        let conv2d = conv2d(3, [2, 2], [1, 1], Padding::Valid, function);
        network(image(3, 3, 2), [conv2d, LayerConfig::FLATTEN, dense(4, function)])
    }

    fn weights(layers: &[CheckedLayer]) -> Vec<f32> {
        numbers(layers.iter().map(CheckedLayer::n_params).sum(), 5)
    }

    fn outputs(layers: &[CheckedLayer], weights: &[f32], input: &[f32]) -> Vec<Vec<f32>> {
        let mut rest = weights;
        let mut outputs = vec![input.to_vec()];
        for layer in layers {
            let (kernel, after) = rest.split_at(layer.n_kernel);
            let (bias, after) = after.split_at(layer.n_bias);
            rest = after;
            outputs.push(forward(layer, &outputs[outputs.len() - 1], kernel, bias));
        }
        outputs.split_off(1)
    }

    #[test]
    fn silenced_units_say_the_same_to_every_image() {
        for (function, silence) in [(Activation::Relu, 0.0), (Activation::Tanh, 0.0), (Activation::Sigmoid, 0.5)] {
            let layers = layers(function);
            let edits = [Edit::SilenceUnit { layer_idx: 0, unit: 1 }, Edit::SilenceUnit { layer_idx: 2, unit: 3 }];
            let edited = apply_edits(&layers, &weights(&layers), &edits).unwrap();
            for seed in 0..3 {
                let outputs = outputs(&layers, &edited, &numbers(18, seed));
                assert!(outputs[0].iter().skip(1).step_by(3).all(|output| *output == silence));
                assert_eq!(outputs[2][3], silence);
                assert!(outputs[0].iter().step_by(3).any(|output| *output != silence));
            }
        }
    }

    #[test]
    fn identity_kernel_copies_its_channel() {
        let layers = network(image(3, 3, 2), [conv2d(3, [2, 2], [1, 1], Padding::Same, Activation::Linear)]);
        let kernel = |in_channel, values: &[f32]| Edit::SetKernel {
            layer_idx: 0,
            in_channel,
            filter: 2,
            values: values.to_vec(),
        };
        let edits = [
            Edit::SilenceUnit { layer_idx: 0, unit: 2 },
            kernel(1, &[1.0, 0.0, 0.0, 0.0]),
            Edit::SetBias { layer_idx: 0, unit: 2, value: 0.5 },
        ];
        let edited = apply_edits(&layers, &weights(&layers), &edits).unwrap();
        let input = numbers(18, 9);
        let output = &outputs(&layers, &edited, &input)[0];
        assert!((0..9).all(|cell| output[cell * 3 + 2] == input[cell * 2 + 1] + 0.5));
    }

    #[test]
    fn wrong_edits_say_where() {
        let layers = layers(Activation::Relu);
        let refuse = |edit| apply_edits(&layers, &weights(&layers), &[edit]).unwrap_err().to_string();
        let set =
            |layer_idx, row, value| Edit::SetWeights { layer_idx, unit: 0, weights: vec![(0, 1.0), (row, value)] };
        assert_eq!(refuse(set(3, 0, 1.0)), "layer: expected an index below 3, got 3");
        assert_eq!(refuse(set(1, 0, 1.0)), "flatten: expected a layer with weights, got Flatten");
        assert_eq!(refuse(set(0, 8, 1.0)), "conv2d row: expected an index below 8, got 8");
        assert_eq!(refuse(set(0, 0, f32::NAN)), "conv2d value: expected a finite number, got NaN");
        assert_eq!(refuse(Edit::SilenceUnit { layer_idx: 2, unit: 4 }), "dense unit: expected an index below 4, got 4");
        let nothing = Edit::SetWeights { layer_idx: 2, unit: 4, weights: vec![] };
        assert_eq!(refuse(nothing), "dense unit: expected an index below 4, got 4");
        let kernel = |in_channel, n| Edit::SetKernel { layer_idx: 0, in_channel, filter: 0, values: vec![0.0; n] };
        assert_eq!(refuse(kernel(0, 3)), "conv2d kernel: expected 4 numbers, got 3");
        assert_eq!(refuse(kernel(2, 4)), "conv2d in_channel: expected an index below 2, got 2");
    }

    fn any_edit() -> impl Strategy<Value = Edit> {
        prop_oneof![
            (0..3_usize).prop_map(|unit| Edit::SilenceUnit { layer_idx: 0, unit }),
            (0..4_usize).prop_map(|unit| Edit::SilenceUnit { layer_idx: 2, unit }),
            (0..2_usize, 0..3_usize, -1.0..1.0_f32).prop_map(|(in_channel, filter, value)| Edit::SetKernel {
                layer_idx: 0,
                in_channel,
                filter,
                values: vec![value; 4]
            }),
            (0..4_usize, prop::collection::vec((0..12_usize, -1.0..1.0_f32), 0..5))
                .prop_map(|(unit, weights)| { Edit::SetWeights { layer_idx: 2, unit, weights } }),
            (0..3_usize, -1.0..1.0_f32).prop_map(|(unit, value)| Edit::SetBias { layer_idx: 0, unit, value }),
        ]
    }

    /// What an edit sets a number to, if it does, by its place in the network.
    fn new_value(edit: &Edit, layer: usize, row: Option<usize>, column: usize) -> Option<f32> {
        match edit {
            Edit::SilenceUnit { layer_idx, unit } => (*layer_idx == layer && *unit == column).then_some(0.0),
            Edit::SetKernel { in_channel, filter, values, .. } => {
                let hit = layer == 0 && *filter == column && row.is_some_and(|row| row % 2 == *in_channel);
                hit.then(|| values[row.unwrap() / 2])
            }
            Edit::SetWeights { layer_idx, unit, weights } => {
                let hit = *layer_idx == layer && *unit == column;
                let last = weights.iter().rev().find(|(edited, _)| hit && row == Some(*edited));
                last.map(|(_, value)| *value)
            }
            Edit::SetBias { layer_idx, unit, value } => {
                (*layer_idx == layer && row.is_none() && *unit == column).then_some(*value)
            }
        }
    }

    proptest! {
        #[test]
        fn exactly_the_named_weights_change_and_the_last_edit_wins(edits in prop::collection::vec(any_edit(), 0..8)) {
            let layers = layers(Activation::Relu);
            let original = weights(&layers);
            let edited = apply_edits(&layers, &original, &edits).unwrap();
            let mut weight_idx = 0;
            for (layer, rows, columns) in [(0, 8, 3), (2, 12, 4)] {
                for row in (0..rows).map(Some).chain([None]) {
                    for column in 0..columns {
                        let expected = edits.iter().rev().find_map(|edit| new_value(edit, layer, row, column));
                        prop_assert_eq!(edited[weight_idx], expected.unwrap_or(original[weight_idx]));
                        weight_idx += 1;
                    }
                }
            }
            prop_assert_eq!(weight_idx, original.len());
        }
    }
}
