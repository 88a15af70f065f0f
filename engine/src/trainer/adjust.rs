//! What changes while a run is under way: its learning rate, its number of epochs, and the epoch that it goes on after.

use super::{Stage, Trainer};
use crate::experiment::{ExperimentErrors, checked_epochs, checked_learning_rate};
use crate::history::StopReason;

impl Trainer {
    /// Changes the learning rate from the next update on; the optimizer keeps its memory.
    ///
    /// # Errors
    /// If it is not in `(0, 100]`.
    pub fn set_learning_rate(&mut self, learning_rate: f64) -> Result<(), ExperimentErrors> {
        self.learning_rate = checked_learning_rate(learning_rate)?;
        Ok(())
    }

    /// Changes the number of epochs. A run that has done them all goes on; one that has done more ends with this epoch.
    ///
    /// # Errors
    /// If it is not in `1..=max_epochs` of the data.
    pub fn set_epochs(&mut self, epochs: usize) -> Result<(), ExperimentErrors> {
        self.epochs = checked_epochs(epochs, self.checked.data())?;
        if self.stage == Stage::Finished(StopReason::EpochsDone) && epochs > self.epoch {
            self.epoch += 1;
            self.begin_epoch();
        } else {
            self.end_before_epoch();
        }
        Ok(())
    }

    /// Has a run that has not begun go on after the epoch `n_epochs`, whose weights it was given. Its optimizer, its stop
    /// rule and its history begin afresh.
    pub fn go_on_after(&mut self, n_epochs: usize) {
        self.leftover.clear();
        if n_epochs > 0 {
            self.order_samples(n_epochs);
            self.find_dead();
        }
        self.epoch = n_epochs + 1;
        self.n_steps = n_epochs * self.steps_per_epoch();
        self.begin_epoch();
        self.end_before_epoch();
    }
}
