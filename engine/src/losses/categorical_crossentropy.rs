//! Categorical cross-entropy: minus the logarithm of the right class's probability (Keras' `CategoricalCrossentropy`
//! with `from_logits`, scikit-learn's `log_loss`).

use super::LossFunction;
use crate::experiment::Activation;
use crate::kernels::loss;

/// `-ln p[label]` with `p = softmax(logits)`; gradient `p - one_hot(label)` at the logits.
pub struct CategoricalCrossentropy;

impl LossFunction for CategoricalCrossentropy {
    const NAME: &'static str = "categorical_crossentropy";
    const TITLE: &'static str = "categorical crossentropy";
    const HELP: &'static str =
        "Minus the logarithm of the probability that the right class got: 0 if the network was sure and right.";
    const LAST_ACTIVATION: Option<Activation> = Some(Activation::Softmax);
    const MIN_OUTPUTS: usize = 2;
    const TAKES_VALUES: bool = false;

    fn of_values(_: &[f32], _: &[f32], _: usize, _: &mut [f32]) -> f64 {
        panic!("categorical cross-entropy takes labels, not values")
    }

    fn of_labels(logits: &[f32], labels: &[u8], _: usize, dlogits: &mut [f32], _: &mut Vec<f32>) -> f64 {
        loss::softmax_cross_entropy(logits, labels, 1.0, dlogits)
    }
}
