//! The end of a network: from logits to loss, gradient and the number of samples recognised.

use super::{BinaryCrossentropy, CategoricalCrossentropy, HalfSquaredError, MeanSquaredError};
use super::{Loss, LossFunction};
use crate::experiment::Activation;
use crate::kernels::{activation, loss::argmax};
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

/// The end of a network: its last activation, and the loss after it.
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

    /// As [`evaluate`](LossHead::evaluate), with each loss and its gradient multiplied by the weight of the sample's label
    /// (Keras' `class_weight`); hits are counted without weights. No weights: all are 1. Targets that are no labels have
    /// no weights.
    ///
    /// # Panics
    /// As `evaluate`, or if a label has no weight.
    pub fn evaluate_weighted(
        &mut self,
        logits: &[f32],
        target: Target<'_>,
        weights: &[f32],
        dlogits: &mut [f32],
    ) -> ShardResult {
        let Target::Labels(labels) = target else { return self.evaluate(logits, target, dlogits) };
        if weights.is_empty() {
            return self.evaluate(logits, target, dlogits);
        }
        let (rows, drows) = (logits.chunks_exact(self.n_outputs), dlogits.chunks_exact_mut(self.n_outputs));
        rows.zip(drows).zip(labels).fold(ShardResult::default(), |total, ((row, drow), label)| {
            let weight = weights[usize::from(*label)];
            let mut result = self.evaluate(row, Target::Labels(&[*label]), drow);
            if weight == 0.0 {
                // Even if the loss is infinite.
                result.loss_sum = 0.0;
                drow.fill(0.0);
            } else {
                result.loss_sum *= f64::from(weight);
                drow.iter_mut().for_each(|gradient| *gradient *= weight);
            }
            total.plus(result)
        })
    }

    /// Loss and hits; overwrites `dlogits` by the gradient of the sum of the losses.
    ///
    /// # Panics
    /// If lengths don't fit, a label is not an output, or a loss for labels only is given values for targets.
    pub fn evaluate(&mut self, logits: &[f32], target: Target<'_>, dlogits: &mut [f32]) -> ShardResult {
        let n_outputs = self.n_outputs;
        let is_fused = self.loss.last_activation().is_some();
        let y = if is_fused {
            logits
        } else {
            self.outputs.clear();
            self.outputs.extend_from_slice(logits);
            activation::forward(self.activation, &mut self.outputs, n_outputs);
            &self.outputs
        };
        let one_hot = &mut self.one_hot;
        let loss_sum = with_loss!(self.loss, Function => match target {
            Target::Labels(labels) => Function::of_labels(y, labels, n_outputs, dlogits, one_hot),
            Target::Values(values) => Function::of_values(y, values, n_outputs, dlogits),
        });
        if !is_fused {
            activation::backward(self.activation, &self.outputs, dlogits, n_outputs);
        }
        // A fused activation keeps the order, so the logits are enough to count hits.
        let n_correct = count_correct(y, target, n_outputs, self.loss.is_of_probabilities());
        ShardResult { loss_sum, n_correct, n_samples: (logits.len() / n_outputs) as u32 }
    }
}

/// With several outputs: samples whose largest output is that of the target. With one: samples on the target's side of
/// the middle (0, or ½ for probabilities).
fn count_correct(y: &[f32], target: Target<'_>, n_outputs: usize, is_of_probabilities: bool) -> u32 {
    let rows = y.chunks_exact(n_outputs);
    let n_correct = match target {
        Target::Labels(labels) => rows.zip(labels).filter(|(row, label)| argmax(row) == usize::from(**label)).count(),
        Target::Values(values) if n_outputs > 1 => {
            let pairs = rows.zip(values.chunks_exact(n_outputs));
            pairs.filter(|(row, values)| argmax(row) == argmax(values)).count()
        }
        Target::Values(values) => {
            let middle = if is_of_probabilities { 0.5 } else { 0.0 };
            y.iter().zip(values).filter(|(output, value)| (**output > 0.0) == (**value > middle)).count()
        }
    };
    n_correct as u32
}
