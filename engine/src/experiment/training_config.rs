//! How a network is trained: loss, optimizer, batches, epochs, validation and stop rule.

use super::Regularizer;
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

/// Penalty on all kernels, in one of the two conventions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "convention", rename_all = "snake_case", deny_unknown_fields)]
pub enum Regularization {
    /// Keras: `l1·Σ|w| + l2·Σw²`, whatever the batch.
    Keras(Regularizer),
    /// scikit-learn: `alpha/2·Σw² / n_batch`.
    ScikitLearn {
        /// At least 0; scikit-learn's default is 1e-4.
        alpha: f64,
    },
}

impl Regularization {
    /// No penalty.
    pub const NONE: Regularization = Regularization::Keras(Regularizer { l1: 0.0, l2: 0.0 });
}

/// Which samples are kept back.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum Validation {
    /// None: no `val_loss`, no `val_accuracy`.
    None,
    /// Keras `validation_split`: the last part, before any shuffling; `n_train = floor(n·(1 - split))`.
    Last {
        /// In `(0, 1)`.
        validation_split: f64,
    },
    /// scikit-learn's `early_stopping`: a random part of `ceil(fraction·n)` (stratified for two classes only).
    Random {
        /// In `(0, 1)`.
        validation_fraction: f64,
    },
}

/// When to stop before all epochs are done. The count of epochs without improvement must *exceed*
/// `n_iter_no_change`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum StopRule {
    /// Run all epochs.
    Never,
    /// scikit-learn `early_stopping=True`: validation accuracy did not rise by `tol`; the best weights come back.
    ValidationScore {
        /// In `1..=1_000`.
        n_iter_no_change: usize,
        /// At least 0.
        tol: f64,
    },
    /// scikit-learn `early_stopping=False`: training loss did not fall by `tol`; the last weights stay.
    TrainingLoss {
        /// In `1..=1_000`.
        n_iter_no_change: usize,
        /// At least 0.
        tol: f64,
    },
}

impl StopRule {
    /// scikit-learn's defaults of `early_stopping=True`.
    pub const EARLY_STOPPING: StopRule = StopRule::ValidationScore { n_iter_no_change: 10, tol: 1e-4 };
}
