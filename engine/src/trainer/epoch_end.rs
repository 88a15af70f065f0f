//! The end of an epoch: its record, and whether it was the last.

use super::frozen::held;
use super::{Best, Stage, Trainer};
use crate::evaluation::Evaluation;
use crate::experiment::StopRule;
use crate::history::{EpochRecord, StopReason};

impl Trainer {
    /// Writes the record, then asks the stop rule.
    pub(super) fn end_epoch(&mut self, validation: Option<Evaluation>) -> EpochRecord {
        let n_train = self.split.train.len() as f64;
        let record = EpochRecord {
            epoch: self.epoch,
            loss: self.epoch_loss_sum / n_train,
            accuracy: f64::from(self.epoch_n_correct) / n_train,
            val_loss: validation.as_ref().map(|validation| validation.loss),
            val_accuracy: validation.as_ref().map(|validation| validation.accuracy),
        };
        self.history.epochs.push(record);
        if record.val_loss.is_some_and(|loss| !loss.is_finite()) {
            self.stop_not_finite();
        } else if let Some(reason) = self.ask_stop_rule(&record) {
            self.finish(reason);
        } else if self.epoch >= self.epochs {
            self.finish(StopReason::EpochsDone);
        } else {
            self.epoch += 1;
            self.begin_epoch();
        }
        record
    }

    fn ask_stop_rule(&mut self, record: &EpochRecord) -> Option<StopReason> {
        let rule = self.checked.experiment().training.stop;
        let early_stopping = self.early_stopping.as_mut()?;
        match rule {
            StopRule::Never => None,
            StopRule::ValidationScore { n_iter_no_change, .. } => {
                let verdict = early_stopping.update(record.val_accuracy?);
                if verdict.is_best {
                    self.best = Some(Best { epoch: record.epoch, weights: self.model.weights().to_vec() });
                }
                verdict.stops.then(|| StopReason::ValidationScore {
                    best_epoch: self.best.as_ref().map_or(record.epoch, |best| best.epoch),
                    best_score: early_stopping.best(),
                    n_iter_no_change,
                })
            }
            StopRule::TrainingLoss { n_iter_no_change, .. } => {
                let verdict = early_stopping.update(record.loss);
                verdict.stops.then(|| StopReason::TrainingLoss { best_loss: early_stopping.best(), n_iter_no_change })
            }
        }
    }

    /// Ends the run. If the stop rule uses validation accuracy, restores the weights of the best epoch, except those
    /// that are frozen.
    pub(super) fn finish(&mut self, reason: StopReason) {
        if let Some(best) = &mut self.best {
            held(&mut best.weights, &self.frozen).for_each(|(weight, idx)| *weight = self.model.weights()[idx]);
            self.model.set_weights(&best.weights);
        }
        self.stage = Stage::Finished(reason);
    }
}
