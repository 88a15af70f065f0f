//! What one number of a layer's output is made of.
//!
//! `result` is always the output that was handed in, so the engine's own. Sums are taken in `f64` and rounded once:
//! they differ from the engine's `f32` sums by no more than the engine's own rounding.

mod activation_step;

pub use activation_step::{ActivationStep, SoftmaxStep};

use super::{CellIndex, ExplainError};
use crate::layers::{
    AveragePoolingArithmetic, BatchNormalizationArithmetic, Conv2DArithmetic, DenseArithmetic, LayerSample,
    MaxPoolingArithmetic,
};
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
    /// A number, normalized, scaled and shifted.
    BatchNormalization(BatchNormalizationArithmetic),
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

/// Takes apart the output of a layer at `cell`.
///
/// # Errors
/// If the layer's output has no such cell.
///
/// # Panics
/// If the sample's numbers are not of its layer's shapes.
pub fn cell_arithmetic(sample: &LayerSample<'_>, cell: CellIndex) -> Result<CellArithmetic, ExplainError> {
    sample.assert_fits();
    cell.to_flat(sample.layer.output_shape)?;
    Ok(sample.layer.config.work().explain(sample, cell))
}
