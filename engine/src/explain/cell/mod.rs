//! What one number of a layer's output is made of.
//!
//! `result` is always the output that was handed in, so the engine's own. Sums are taken in `f64` and rounded once:
//! they differ from the engine's `f32` sums by no more than the engine's own rounding.

mod activation_step;
mod conv2d;
mod dense;
mod pooling;

pub use activation_step::{ActivationStep, SoftmaxStep};
pub use conv2d::{ChannelSum, Conv2DArithmetic};
pub use dense::{Contribution, DenseArithmetic};
pub use pooling::{AveragePoolingArithmetic, MaxPoolingArithmetic};

use super::{CellIndex, ExplainError, Region};
use crate::experiment::{CheckedLayer, LayerConfig, Shape};
use serde::{Deserialize, Serialize};

/// The arithmetic of one output of a layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum CellArithmetic {
    /// A weighted sum of a patch.
    Conv2D(Conv2DArithmetic),
    /// The largest of a window.
    MaxPooling2D(MaxPoolingArithmetic),
    /// The mean of a window.
    AveragePooling2D(AveragePoolingArithmetic),
    /// A weighted sum of all inputs.
    Dense(DenseArithmetic),
    /// An activation alone.
    Activation(ActivationStep),
    /// A number that is handed on: Flatten, and Dropout while predicting.
    Same {
        /// Where it stands in the layer's input.
        origin: CellIndex,
        /// The number.
        result: f32,
    },
}

/// Takes apart the output of `layer` at `cell`. Of a Dense layer's contributions the `n_largest` on each side are told
/// apart, the rest are summed.
///
/// # Shapes
/// `input`, `kernel`, `bias` and `output` as `layer` says, for one sample, row-major; `kernel` and `bias` are empty for
/// layers without weights.
///
/// # Errors
/// If the layer's output has no such cell.
///
/// # Panics
/// If a length is not the layer's.
pub fn cell_arithmetic(
    layer: &CheckedLayer,
    input: &[f32],
    kernel: &[f32],
    bias: &[f32],
    output: &[f32],
    cell: CellIndex,
    n_largest: usize,
) -> Result<CellArithmetic, ExplainError> {
    assert_eq!(input.len(), layer.input_shape.size(), "input of {}", layer.name);
    assert_eq!(output.len(), layer.output_shape.size(), "output of {}", layer.name);
    assert_eq!(kernel.len(), layer.n_kernel, "kernel of {}", layer.name);
    assert_eq!(bias.len(), layer.n_bias, "bias of {}", layer.name);
    let output_idx = cell.to_flat(layer.output_shape)?;
    let result = output[output_idx];
    Ok(match &layer.config {
        LayerConfig::Conv2D(config) => {
            CellArithmetic::Conv2D(conv2d::arithmetic(layer.input_shape, config, [input, kernel, bias], cell, result))
        }
        LayerConfig::MaxPooling2D(config) => {
            CellArithmetic::MaxPooling2D(pooling::max(layer.input_shape, config, input, cell, result))
        }
        LayerConfig::AveragePooling2D(config) => {
            CellArithmetic::AveragePooling2D(pooling::average(layer.input_shape, config, input, cell, result))
        }
        LayerConfig::Dense(config) => CellArithmetic::Dense(dense::arithmetic(
            config.activation,
            [input, kernel, bias, output],
            cell.channel,
            n_largest,
        )),
        LayerConfig::Activation(config) => {
            let channels = layer.output_shape.dims()[2];
            let start = output_idx - cell.channel;
            let row = start..start + channels;
            let (x, y) = (&input[row.clone()], &output[row]);
            CellArithmetic::Activation(ActivationStep::new(config.activation, x, y, cell.channel))
        }
        LayerConfig::Flatten => {
            CellArithmetic::Same { origin: CellIndex::from_flat(output_idx, layer.input_shape)?, result }
        }
        LayerConfig::Dropout(_) => CellArithmetic::Same { origin: cell, result },
    })
}

/// The numbers of one channel under a window, row by row: `None` where there is padding.
fn window_values<'a>(
    shape: Shape,
    window: Region,
    input: &'a [f32],
    channel: usize,
) -> impl Iterator<Item = Option<f32>> + 'a {
    window.cells().map(move |(row, column)| {
        let (row, column) = (usize::try_from(row).ok()?, usize::try_from(column).ok()?);
        let input_idx = CellIndex { row, column, channel }.to_flat(shape).ok()?;
        Some(input[input_idx])
    })
}
