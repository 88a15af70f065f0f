//! Which samples are kept back from training.

use serde::{Deserialize, Serialize};

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

impl Validation {
    /// How many of `n_samples` train, and how many validate.
    #[must_use]
    pub fn split(self, n_samples: usize) -> (usize, usize) {
        let n_train = match self {
            Validation::None => n_samples,
            Validation::Last { validation_split } => n_train_keras(n_samples, validation_split),
            Validation::Random { validation_fraction } => {
                n_samples.saturating_sub(n_validation_scikit_learn(n_samples, validation_fraction))
            }
        };
        (n_train, n_samples - n_train)
    }
}

/// Keras' rule: `floor(n · (1 - validation_split))`, computed in `f64` as Keras does.
fn n_train_keras(n_samples: usize, validation_split: f64) -> usize {
    ((n_samples as f64 * (1.0 - validation_split)).floor() as usize).min(n_samples)
}

/// scikit-learn's rule: `ceil(validation_fraction · n)`.
fn n_validation_scikit_learn(n_samples: usize, validation_fraction: f64) -> usize {
    (validation_fraction * n_samples as f64).ceil() as usize
}
