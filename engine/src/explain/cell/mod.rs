//! What one number of a layer's output is made of.
//!
//! `result` is always the output that was handed in, so the engine's own. Sums are taken in `f64` and rounded once:
//! they differ from the engine's `f32` sums by no more than the engine's own rounding.

mod activation_step;

pub use activation_step::{ActivationStep, SoftmaxStep};

use super::{CellIndex, ExplainError};
use crate::experiment::CheckedLayer;
use crate::layers::{AveragePoolingArithmetic, Conv2DArithmetic, DenseArithmetic, LayerSample, MaxPoolingArithmetic};
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
    cell.to_flat(layer.output_shape)?;
    let sample = LayerSample {
        input_shape: layer.input_shape,
        output_shape: layer.output_shape,
        input,
        kernel,
        bias,
        output,
        n_largest,
    };
    Ok(layer.config.work().explain(&sample, cell))
}
