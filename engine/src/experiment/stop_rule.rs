//! When to stop before all epochs are done.

use crate::field::{CountRange, FieldMut, FieldSpec, FieldWords, NumberRange, Variants};
use crate::tagged::impl_deserialize;
use serde::Serialize;

/// When to stop before all epochs are done. The count of epochs without improvement must *exceed*
/// `n_iter_no_change`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
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
    /// The value of its tag in JSON.
    fn json_name(&self) -> &'static str {
        match self {
            StopRule::Never => "never",
            StopRule::ValidationScore { .. } => "validation_score",
            StopRule::TrainingLoss { .. } => "training_loss",
        }
    }

    /// scikit-learn's defaults of `early_stopping=True`.
    pub const EARLY_STOPPING: StopRule = StopRule::ValidationScore { n_iter_no_change: 10, tol: 1e-4 };
}

const N_ITER_NO_CHANGE: FieldSpec<CountRange> = FieldSpec::new(
    "n_iter_no_change",
    "Patience",
    "How many epochs in a row may pass without improvement (n_iter_no_change). The run stops when they are exceeded.",
    CountRange { low: 1, high: 1_000 },
)
.term("patience")
.unit("epochs");

const TOL: FieldSpec<NumberRange> = FieldSpec::new(
    "tol",
    "Tolerance",
    "The least change that counts as an improvement (tol).",
    NumberRange::closed(0.0, f64::INFINITY),
)
.term("tolerance");

impl_deserialize!(StopRule, "rule", StopRule::json_name);

impl Variants for StopRule {
    const WORDS: FieldWords = FieldWords::new(
        "stop",
        "Stop early",
        "stop early",
        "Ends the run once nothing has improved for a while, before the network learns the training images by heart.",
    );

    fn all() -> Vec<StopRule> {
        vec![StopRule::Never, StopRule::EARLY_STOPPING, StopRule::TrainingLoss { n_iter_no_change: 10, tol: 1e-4 }]
    }

    fn title(&self) -> &'static str {
        match self {
            StopRule::Never => "off",
            StopRule::ValidationScore { .. } => "val. accuracy",
            StopRule::TrainingLoss { .. } => "training loss",
        }
    }

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        match self {
            StopRule::Never => vec![],
            StopRule::ValidationScore { n_iter_no_change, tol } | StopRule::TrainingLoss { n_iter_no_change, tol } => {
                vec![FieldMut::Count(&N_ITER_NO_CHANGE, n_iter_no_change), FieldMut::Number(&TOL, tol)]
            }
        }
    }

    /// Patience and tolerance stay.
    fn switched(&self, chosen: StopRule) -> StopRule {
        match (*self, chosen) {
            (StopRule::ValidationScore { n_iter_no_change, tol }, StopRule::TrainingLoss { .. }) => {
                StopRule::TrainingLoss { n_iter_no_change, tol }
            }
            (StopRule::TrainingLoss { n_iter_no_change, tol }, StopRule::ValidationScore { .. }) => {
                StopRule::ValidationScore { n_iter_no_change, tol }
            }
            _ => chosen,
        }
    }
}
