//! When to stop before all epochs are done.

use serde::{Deserialize, Serialize};

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
