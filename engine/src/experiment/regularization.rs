//! The penalty on all kernels.

use super::Regularizer;
use serde::{Deserialize, Serialize};

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
