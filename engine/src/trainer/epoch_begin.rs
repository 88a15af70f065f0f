//! The beginning of an epoch: the order of its samples, those that were left over before it, and its batches.

use super::{Stage, Trainer};
use crate::data::order_epoch;
use crate::history::StopReason;

impl Trainer {
    /// Takes the samples of the next batch.
    pub(super) fn begin_batch(&mut self) {
        assert_eq!(self.stage, Stage::Step, "a step is begun");
        let batch_size = self.checked.experiment().training.batch_size;
        // What was left over is a part of the first batch.
        let end = self.n_carried + (self.n_epoch_steps + 1) * batch_size;
        let first = if self.n_epoch_steps == 0 { 0 } else { end - batch_size };
        let samples = &self.order[first..self.order.len().min(end)];
        self.batch.begin(&self.dataset, samples, self.epoch, first, self.model.n_params());
    }

    pub(super) fn begin_epoch(&mut self) {
        let carried = std::mem::take(&mut self.leftover);
        self.order_samples(self.epoch);
        self.n_carried = carried.len();
        self.order.splice(0..0, carried);
        self.n_epoch_steps = 0;
        self.epoch_loss_sum = 0.0;
        self.epoch_n_correct = 0;
        self.epoch_n_samples = 0;
        self.stage = Stage::Step;
    }

    /// Puts the samples into the order of an epoch. Those that fill no batch are left over, if they are to be carried.
    pub(super) fn order_samples(&mut self, epoch: usize) {
        let experiment = self.checked.experiment();
        let training = &experiment.training;
        order_epoch(&self.split.train, training.shuffle, experiment.seed, epoch, &mut self.order);
        self.leftover.clear();
        if training.carry_leftover {
            let n_left = self.order.len() % training.batch_size;
            self.leftover.extend(self.order.drain(self.order.len() - n_left..));
        }
    }

    /// Ends a run that is at the beginning of an epoch that is no longer asked for.
    pub(super) fn end_before_epoch(&mut self) {
        if self.stage == Stage::Step && self.n_epoch_steps == 0 && self.epoch > self.epochs {
            self.batch.clear();
            self.epoch -= 1;
            // As they were at the end of that epoch.
            self.order_samples(self.epoch);
            if self.lacks_record {
                self.stage = Stage::Validation;
            } else {
                self.finish(StopReason::EpochsDone);
            }
        }
    }
}
