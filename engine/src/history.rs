//! What a training run leaves behind: one record per epoch, and why it ended.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Figures of one epoch, by Keras' names.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EpochRecord {
    /// Counted from 1.
    pub epoch: usize,
    /// Mean training loss: each batch before its update, weighted by its size, penalties included. For points of the
    /// plane: with the weights after the epoch, without penalties.
    pub loss: f64,
    /// Share of training samples recognised, in `[0, 1]`: each before its batch's update; for points of the plane, with the
    /// weights after the epoch.
    pub accuracy: f64,
    /// Loss on the validation part with the weights after the epoch, penalties included (but for points of the plane).
    pub val_loss: Option<f64>,
    /// Share of validation samples recognised with the weights after the epoch, in `[0, 1]`.
    pub val_accuracy: Option<f64>,
}

/// Up to this epoch all are recorded.
const ALL_RECORDED: usize = 2_048;

/// Whether an epoch (from 1) of the plane gets a record: each one up to 2,048, every second one up to 4,096, every fourth
/// one up to 8,192, and so on. The last epoch of a run, and each one under a stop rule, gets one in any case.
#[must_use]
pub fn is_recorded(epoch: usize) -> bool {
    epoch.is_multiple_of((epoch.next_power_of_two() / ALL_RECORDED).max(1))
}

/// The recorded epochs of a run, in order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct History {
    /// The first has `epoch` 1. For images there is one for each epoch; for points of the plane see [`is_recorded`].
    pub epochs: Vec<EpochRecord>,
}

/// Why a run ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum StopReason {
    /// All epochs were done.
    EpochsDone,
    /// Validation accuracy did not rise by `tol` for more than `n_iter_no_change` epochs; the weights are those
    /// of `best_epoch`.
    ValidationScore {
        /// Epoch (from 1) whose weights were restored.
        best_epoch: usize,
        /// Its validation accuracy.
        best_score: f64,
        /// The patience that was exceeded.
        n_iter_no_change: usize,
    },
    /// Training loss did not fall by `tol` for more than `n_iter_no_change` epochs.
    TrainingLoss {
        /// The lowest loss.
        best_loss: f64,
        /// The patience that was exceeded.
        n_iter_no_change: usize,
    },
    /// A loss, gradient or weight became NaN or infinite; the weights are the last finite ones.
    NotFinite {
        /// Epoch (from 1).
        epoch: usize,
        /// Update within the epoch (from 1).
        step: usize,
        /// The learning rate at that time.
        learning_rate: f64,
    },
}

impl fmt::Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StopReason::EpochsDone => f.write_str("all epochs are done"),
            StopReason::ValidationScore { best_epoch, best_score, n_iter_no_change } => write!(
                f,
                "validation accuracy has not improved for more than {n_iter_no_change} epochs; the weights of epoch \
                 {best_epoch} are back (validation accuracy {best_score:.4})"
            ),
            StopReason::TrainingLoss { best_loss, n_iter_no_change } => write!(
                f,
                "training loss has not improved for more than {n_iter_no_change} epochs (lowest: {best_loss:.4})"
            ),
            StopReason::NotFinite { epoch, step, learning_rate } => write!(
                f,
                "the numbers grew beyond all bounds in epoch {epoch}, step {step}, at learning rate {learning_rate}; \
                 the last finite weights are kept: try a learning rate of {} or less",
                // Without the digits of the division.
                format_args!("{:.1e}", learning_rate / 10.0)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_get_rarer() {
        assert!((1..=2_048).all(is_recorded));
        let recorded =
            |range: std::ops::RangeInclusive<usize>| range.filter(|&epoch| is_recorded(epoch)).collect::<Vec<_>>();
        assert_eq!(recorded(2_045..=2_054), [2_045, 2_046, 2_047, 2_048, 2_050, 2_052, 2_054]);
        assert_eq!(recorded(4_092..=4_108), [4_092, 4_094, 4_096, 4_100, 4_104, 4_108]);
        assert_eq!(recorded(8_188..=8_208), [8_188, 8_192, 8_200, 8_208]);
        // At most about a thousand for each doubling.
        assert_eq!(recorded(1..=1_000_000).len(), 2_048 + 8 * 1_024 + (1_000_000 - 524_288) / 512);
    }
}
