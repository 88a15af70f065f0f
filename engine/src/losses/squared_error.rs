//! Squared errors, in two conventions: the mean over outputs (Keras), and half the sum (TensorFlow Playground,
//! scikit-learn).

use super::LossFunction;
use crate::kernels::loss;

/// `(y - t)²`, mean over outputs; gradient `2 (y - t) / n_outputs` (Keras' `MeanSquaredError`).
pub struct MeanSquaredError;

impl LossFunction for MeanSquaredError {
    const NAME: &'static str = "mean_squared_error";
    const TITLE: &'static str = "mean squared error";
    const HELP: &'static str = "The squared difference of output and target, averaged over the outputs.";

    fn of_values(outputs: &[f32], values: &[f32], n_outputs: usize, doutputs: &mut [f32]) -> f64 {
        let n_outputs = n_outputs as f64;
        loss::squared_error(outputs, values, (2.0 / n_outputs) as f32, doutputs) * (1.0 / n_outputs)
    }
}

/// `½ (y - t)²`, summed over outputs; gradient `y - t` (TensorFlow Playground; scikit-learn's `squared_error`).
pub struct HalfSquaredError;

impl LossFunction for HalfSquaredError {
    const NAME: &'static str = "half_squared_error";
    const TITLE: &'static str = "half squared error";
    const HELP: &'static str = "Half the squared difference of output and target, added up over the outputs.";

    fn of_values(outputs: &[f32], values: &[f32], _: usize, doutputs: &mut [f32]) -> f64 {
        loss::squared_error(outputs, values, 1.0, doutputs) * 0.5
    }
}
