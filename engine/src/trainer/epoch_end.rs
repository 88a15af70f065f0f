//! The end of an epoch: its figures, its record, and whether it was the last.

use super::held::held;
use super::{Best, Figures, Stage, Trainer, VALIDATION_CHUNK};
use crate::data::{SHARD_SIZE, ShardHeader, pack_samples};
use crate::evaluation::Evaluator;
use crate::experiment::StopRule;
use crate::history::{EpochRecord, StopReason, is_recorded};
use crate::losses::ShardResult;
use std::ops::Range;

impl Trainer {
    /// Goes on after the last update of an epoch: to its record, or without one to the next epoch.
    pub(super) fn leave_epoch(&mut self) {
        self.lacks_record = true;
        let is_recorded = !self.checked.data().measures_training
            || is_recorded(self.epoch)
            || self.epoch >= self.epochs
            || self.early_stopping.is_some();
        if is_recorded {
            self.stage = Stage::Validation;
        } else {
            self.epoch += 1;
            self.begin_epoch();
        }
    }

    /// Goes on with the end of the epoch; returns its record when it is complete. Without samples to measure, one call
    /// is enough.
    ///
    /// # Panics
    /// Unless the stage is [`Stage::Validation`].
    pub fn validate_chunk(&mut self) -> Option<EpochRecord> {
        assert_eq!(self.stage, Stage::Validation, "an epoch is ended");
        let training = match self.training_figures {
            Some(figures) => figures,
            None if self.checked.data().measures_training => self.measure_chunk(true)?,
            None => {
                let n_samples = self.epoch_n_samples as f64;
                [self.epoch_loss_sum / n_samples, f64::from(self.epoch_n_correct) / n_samples]
            }
        };
        self.training_figures = Some(training);
        let validation = if self.split.validation.is_empty() { None } else { Some(self.measure_chunk(false)?) };
        self.training_figures = None;
        Some(self.end_epoch(training, validation))
    }

    /// Validation samples that are not measured yet and may be measured elsewhere: all, or none where training samples
    /// are measured too, which are few.
    ///
    /// # Panics
    /// Unless the stage is [`Stage::Validation`].
    pub fn n_validation_left(&mut self) -> usize {
        assert_eq!(self.stage, Stage::Validation, "an epoch is ended");
        if self.checked.data().measures_training || self.split.validation.is_empty() {
            return 0;
        }
        self.evaluator(false).to_do().len()
    }

    /// The validation samples at `range` of those that are left, as shards for [`evaluate_shard`](crate::model::Model::evaluate_shard), and their
    /// bytes.
    ///
    /// # Panics
    /// If there are fewer.
    pub fn pack_validation(&mut self, range: Range<usize>) -> (Vec<ShardHeader>, Vec<u8>) {
        let samples = self.evaluator(false).to_do()[range].to_vec();
        let heads = samples.chunks(SHARD_SIZE).map(|samples| ShardHeader::new(&self.dataset, samples.len(), 0, 0));
        let heads = heads.collect();
        let mut bytes = vec![];
        for samples in samples.chunks(SHARD_SIZE) {
            pack_samples(&self.dataset, samples, None, &mut bytes);
        }
        (heads, bytes)
    }

    /// Measures the next `n_samples` validation samples here.
    pub fn validate_next(&mut self, n_samples: usize) {
        self.evaluator(false);
        if let Some(evaluator) = &mut self.evaluator {
            evaluator.chunk(&self.model, &mut self.workspace, n_samples);
        }
    }

    /// Takes what [`evaluate_shard`](crate::model::Model::evaluate_shard) gave elsewhere for the next validation samples, in the order of
    /// [`pack_validation`](Trainer::pack_validation).
    ///
    /// # Panics
    /// If the logits are not as many as the samples have.
    pub fn take_validation(&mut self, results: &[ShardResult], logits: &[f32]) {
        let n_outputs = self.model.n_outputs();
        self.evaluator(false).take(results, logits, n_outputs);
    }

    fn evaluator(&mut self, is_training: bool) -> &mut Evaluator {
        let (dataset, split) = (&self.dataset, &self.split);
        let samples = || if is_training { split.train.clone() } else { split.validation.clone() };
        self.evaluator.get_or_insert_with(|| Evaluator::on(dataset.clone(), samples()))
    }

    /// Goes on measuring training or validation samples; their figures when all are done.
    fn measure_chunk(&mut self, is_training: bool) -> Option<Figures> {
        self.evaluator(is_training);
        let evaluator = self.evaluator.as_mut()?;
        let evaluation = evaluator.chunk(&self.model, &mut self.workspace, VALIDATION_CHUNK)?;
        let has_penalty = !self.checked.data().measures_training;
        let loss = if has_penalty { evaluation.loss } else { evaluator.mean_loss() };
        self.evaluator = None;
        let figures = [loss, evaluation.accuracy];
        if !is_training && has_penalty {
            self.validation = Some(evaluation);
        }
        Some(figures)
    }

    /// Writes the record, then asks the stop rule.
    fn end_epoch(&mut self, [loss, accuracy]: Figures, validation: Option<Figures>) -> EpochRecord {
        let record = EpochRecord {
            epoch: self.epoch,
            loss,
            accuracy,
            val_loss: validation.map(|[loss, _]| loss),
            val_accuracy: validation.map(|[_, accuracy]| accuracy),
        };
        self.history.epochs.push(record);
        self.lacks_record = false;
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
            self.validation = None;
            self.revive();
        }
        self.stage = Stage::Finished(reason);
    }
}
