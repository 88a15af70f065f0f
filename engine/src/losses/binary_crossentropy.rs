//! Binary cross-entropy: each output is a yes or no of its own (Keras' `BinaryCrossentropy` with `from_logits`).

use super::LossFunction;
use crate::experiment::Activation;
use crate::kernels::loss;

/// `-(t ln p + (1 - t) ln(1 - p))` with `p = sigmoid(logit)`, mean over outputs; gradient `(p - t) / n_outputs` at the
/// logits.
pub struct BinaryCrossentropy;

impl LossFunction for BinaryCrossentropy {
    const NAME: &'static str = "binary_crossentropy";
    const TITLE: &'static str = "binary crossentropy";
    const HELP: &'static str = "Takes each output as a yes or no of its own: minus the logarithm of the probability that the right one of the two got.";
    const LAST_ACTIVATION: Option<Activation> = Some(Activation::Sigmoid);

    fn of_values(logits: &[f32], values: &[f32], n_outputs: usize, dlogits: &mut [f32]) -> f64 {
        let n_outputs = n_outputs as f64;
        loss::sigmoid_cross_entropy(logits, values, (1.0 / n_outputs) as f32, dlogits) / n_outputs
    }
}
