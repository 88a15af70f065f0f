//! How a network is trained: loss, optimizer, batches, epochs, validation and stop rule.

use super::{Regularization, StopRule, Validation};
use crate::losses::Loss;
use crate::optimizers::OptimizerConfig;
use serde::{Deserialize, Serialize};

/// All training hyperparameters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrainingConfig {
    /// What is minimised, averaged over the batch.
    pub loss: Loss,
    /// How a gradient becomes a change of the weights.
    pub optimizer: OptimizerConfig,
    /// Step size, in `(0, 100]`. The only hyperparameter that a running training takes up at once.
    pub learning_rate: f64,
    /// Samples per update, in `1..=10_000`; the last batch of an epoch may be smaller.
    pub batch_size: usize,
    /// Passes through the training data, in `1..=1_000` (scikit-learn: `max_iter`).
    pub epochs: usize,
    /// Penalty on all kernels, never on biases.
    pub regularization: Regularization,
    /// Which samples are kept back from training.
    pub validation: Validation,
    /// When to stop before `epochs`.
    pub stop: StopRule,
    /// New order of the training samples in every epoch.
    pub shuffle: bool,
}
