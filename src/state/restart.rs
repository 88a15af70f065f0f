//! A run that goes on in a new worker after its worker has died: from the newest weights that were sent here.

use super::{AppState, WeightEdits, last_epoch};
use crate::protocol::{BatchPoint, Start};
use leptos::prelude::*;

impl AppState {
    /// The epoch of the present run that a restart of the worker goes on from; 0 if it begins anew.
    #[must_use]
    pub fn restart_epoch(&self) -> usize {
        self.kept.with_value(|kept| kept.n_epochs)
    }

    /// Keeps weights that came after the run's last epoch, if some came; the run's seconds, of which `seconds` were in the
    /// present worker.
    pub(super) fn keep_weights(&self, weights: Vec<f32>, seconds: f64) -> f64 {
        let mut sum = seconds;
        self.kept.update_value(|kept| {
            sum += kept.seconds;
            if !weights.is_empty() {
                kept.weights = weights;
                kept.n_epochs = last_epoch(&self.run.epochs.read_untracked());
            }
        });
        sum
    }

    /// Takes up that the kept weights are those of the best epoch.
    pub(super) fn keep_epoch(&self, best_epoch: Option<usize>) {
        self.kept.update_value(|kept| kept.n_epochs = best_epoch.unwrap_or(kept.n_epochs));
    }

    /// Another run begins.
    pub(super) fn forget_weights(&self) {
        self.kept.update_value(|kept| (kept.weights, kept.n_epochs, kept.seconds) = (Vec::new(), 0, 0.0));
    }

    /// Gives a new worker the present run as it was after the epoch of the kept weights; `false` if there are none.
    pub(super) fn restore(&self) -> bool {
        let n_epochs = self.restart_epoch();
        if n_epochs == 0 {
            return false;
        }
        let run = self.run;
        let checked = run.checked.get_untracked();
        let n_steps = n_epochs * checked.steps_per_epoch();
        let mut weights = Vec::new();
        self.kept.update_value(|kept| {
            weights = kept.weights.clone();
            kept.seconds = run.seconds.get_untracked();
        });
        run.restored.set(Some(n_epochs));
        run.kept_epoch.set(None);
        if n_epochs < checked.experiment().training.epochs {
            run.stop_reason.set(None);
        }
        run.epochs.update(|epochs| epochs.retain(|record| record.epoch <= n_epochs));
        run.batches.update(|points| points.truncate(points.partition_point(|point| point.n_steps <= n_steps)));
        let last = run.batches.read_untracked().last().copied().or(run.last_batch.get_untracked());
        run.last_batch.set(last.map(|last| BatchPoint { n_steps, ..last }));
        // The rate is the newest one all the same.
        run.rate_changes.update(|changes| {
            for change in changes {
                if change.epoch > n_epochs {
                    (change.epoch, change.step) = (n_epochs, checked.steps_per_epoch());
                }
            }
        });
        run.weight_edits.update(WeightEdits::restore);
        if run.evaluation.read_untracked().as_ref().is_some_and(|evaluation| evaluation.n_steps != n_steps) {
            run.evaluation.set(None);
        }
        self.forget_answers();
        self.send_build(Start::After(n_epochs), weights);
        self.send_weight_edits();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Event, RateChange};
    use crate::state::provide_app_state;
    use inkling_engine::experiment::Preset;
    use inkling_engine::history::{EpochRecord, StopReason};

    /// The worker's news that epochs have ended, with weights or without.
    fn ended(epochs: std::ops::RangeInclusive<usize>, weights: &[f32]) -> Event {
        let record = |epoch| EpochRecord { epoch, loss: 0.1, accuracy: 0.9, val_loss: None, val_accuracy: None };
        Event::EpochsEnded { run: 0, records: epochs.map(record).collect(), seconds: 40.0, weights: weights.to_vec() }
    }

    fn point(n_steps: usize) -> BatchPoint {
        BatchPoint { n_steps, loss: 0.1, accuracy: 0.9 }
    }

    #[test]
    fn a_restored_run_is_what_it_was_after_the_epoch_of_its_weights() {
        let owner = Owner::new();
        owner.set();
        let (state, run) = {
            let state = provide_app_state(Preset::LessonCnn);
            (state, state.run)
        };
        assert!(!state.restore(), "no epoch has ended");
        let n_steps = run.checked.read_untracked().steps_per_epoch();
        state.apply(ended(1..=2, &[0.5]));
        state.apply(ended(3..=3, &[]));
        run.batches.set(vec![point(1), point(2 * n_steps), point(3 * n_steps + 7)]);
        run.last_batch.set(Some(point(3 * n_steps + 9)));
        run.rate_changes.set(vec![RateChange { epoch: 3, step: 5, from: 0.1, to: 0.2 }]);
        assert!(state.restore());
        let record = run.record();
        assert_eq!((record.epochs.len(), record.n_steps, record.restored), (2, 2 * n_steps, Some(2)));
        assert_eq!(record.rate_changes, [RateChange { epoch: 2, step: n_steps, from: 0.1, to: 0.2 }]);
        assert_eq!(run.batches.read_untracked().len(), 2);
        state.apply(ended(3..=3, &[]));
        assert_eq!(run.seconds.get_untracked(), 80.0, "those in the dead worker count");
        assert_eq!(state.restart_epoch(), 2);
    }

    #[test]
    fn a_run_that_is_over_is_so_after_a_restart_unless_earlier_weights_came_back() {
        let owner = Owner::new();
        owner.set();
        let state = provide_app_state(Preset::LessonCnn);
        let finish = |kept_epoch| state.apply(Event::Finished { run: 0, reason: StopReason::EpochsDone, kept_epoch });
        state.apply(ended(1..=10, &[0.5]));
        finish(None);
        assert!(state.restore());
        assert_eq!(state.run.stop_reason.get_untracked(), Some(StopReason::EpochsDone));
        finish(Some(7));
        assert!(state.restore());
        assert_eq!((state.run.stop_reason.get_untracked(), state.run.epochs.read_untracked().len()), (None, 7));
        state.reset();
        assert_eq!(state.restart_epoch(), 0, "these weights were another run's");
    }
}
