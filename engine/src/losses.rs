//! What is minimised: loss, gradient and hits of some samples, from the network's logits.
//!
//! Cross-entropies are fused with the last activation (softmax, sigmoid): computed from the logits they neither
//! overflow nor lose digits. All values are sums over the samples.

use crate::experiment::{Activation, Loss};
use crate::kernels::{activation, loss};
use serde::{Deserialize, Serialize};

/// What some samples should give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target<'a> {
    /// A class per sample.
    Labels(&'a [u8]),
    /// `n_outputs` numbers per sample.
    Values(&'a [f32]),
}

/// Loss and hits of some samples.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct ShardResult {
    /// Sum of the samples' losses, without penalties.
    pub loss_sum: f64,
    /// Samples recognised.
    pub n_correct: u32,
    /// Samples.
    pub n_samples: u32,
}

impl ShardResult {
    /// Both together.
    #[must_use]
    pub fn plus(self, other: ShardResult) -> ShardResult {
        ShardResult {
            loss_sum: self.loss_sum + other.loss_sum,
            n_correct: self.n_correct + other.n_correct,
            n_samples: self.n_samples + other.n_samples,
        }
    }
}

/// The end of a network: its last activation, and the loss behind it.
#[derive(Debug, Clone)]
pub struct LossHead {
    loss: Loss,
    activation: Activation,
    n_outputs: usize,
    outputs: Vec<f32>,
    one_hot: Vec<f32>,
}

impl LossHead {
    /// The end of a network of `n_outputs`.
    #[must_use]
    pub fn new(loss: Loss, activation: Activation, n_outputs: usize) -> LossHead {
        LossHead { loss, activation, n_outputs, outputs: vec![], one_hot: vec![] }
    }

    /// Turns logits into the network's outputs.
    pub fn activate(&self, logits: &mut [f32]) {
        activation::forward(self.activation, logits, self.n_outputs);
    }

    /// Loss and hits; overwrites `dlogits` by the gradient of the sum of the losses.
    ///
    /// # Panics
    /// If lengths don't fit, a label is no output, or categorical cross-entropy is given values for targets.
    pub fn evaluate(&mut self, logits: &[f32], target: Target<'_>, dlogits: &mut [f32]) -> ShardResult {
        let n_samples = logits.len() / self.n_outputs;
        let loss_sum = match (self.loss, target) {
            (Loss::CategoricalCrossentropy, Target::Labels(labels)) => {
                loss::softmax_cross_entropy(logits, labels, 1.0, dlogits)
            }
            (Loss::CategoricalCrossentropy, Target::Values(_)) => {
                panic!("categorical cross-entropy takes labels, not values")
            }
            (_, Target::Values(values)) => self.evaluate_values(logits, values, dlogits),
            (_, Target::Labels(labels)) => {
                let mut one_hot = std::mem::take(&mut self.one_hot);
                one_hot.clear();
                one_hot.resize(logits.len(), 0.0);
                for (row, &label) in one_hot.chunks_exact_mut(self.n_outputs).zip(labels) {
                    row[usize::from(label)] = 1.0;
                }
                let loss_sum = self.evaluate_values(logits, &one_hot, dlogits);
                self.one_hot = one_hot;
                loss_sum
            }
        };
        let n_correct = self.count_correct(logits, target);
        ShardResult { loss_sum, n_correct, n_samples: n_samples as u32 }
    }

    fn evaluate_values(&mut self, logits: &[f32], values: &[f32], dlogits: &mut [f32]) -> f64 {
        let n_outputs = self.n_outputs as f64;
        if self.loss == Loss::BinaryCrossentropy {
            return loss::sigmoid_cross_entropy(logits, values, (1.0 / n_outputs) as f32, dlogits) / n_outputs;
        }
        let (gradient_scale, loss_scale) = match self.loss {
            Loss::MeanSquaredError => (2.0 / n_outputs, 1.0 / n_outputs),
            _ => (1.0, 0.5),
        };
        self.outputs.clear();
        self.outputs.extend_from_slice(logits);
        activation::forward(self.activation, &mut self.outputs, self.n_outputs);
        let square_sum = loss::squared_error(&self.outputs, values, gradient_scale as f32, dlogits);
        activation::backward(self.activation, &self.outputs, dlogits, self.n_outputs);
        square_sum * loss_scale
    }

    /// With several outputs: samples whose largest output is that of the target. With one: samples on the target's
    /// side of the middle (0, or ½ for binary cross-entropy).
    fn count_correct(&self, logits: &[f32], target: Target<'_>) -> u32 {
        // The outputs stand ready for the squared errors; elsewhere the last activation keeps the order.
        let is_squared = matches!(self.loss, Loss::MeanSquaredError | Loss::HalfSquaredError);
        let outputs = if is_squared { &self.outputs } else { logits };
        let rows = outputs.chunks_exact(self.n_outputs);
        let n_correct = match target {
            Target::Labels(labels) => {
                rows.zip(labels).filter(|(row, label)| loss::argmax(row) == usize::from(**label)).count()
            }
            Target::Values(values) if self.n_outputs > 1 => {
                let pairs = rows.zip(values.chunks_exact(self.n_outputs));
                pairs.filter(|(row, values)| loss::argmax(row) == loss::argmax(values)).count()
            }
            Target::Values(values) => {
                let middle = if self.loss == Loss::BinaryCrossentropy { 0.5 } else { 0.0 };
                outputs.iter().zip(values).filter(|(output, value)| (**output > 0.0) == (**value > middle)).count()
            }
        };
        n_correct as u32
    }
}
