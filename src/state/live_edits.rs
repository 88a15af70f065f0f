//! Edits that the network takes up at once, as on the plane: settings of training without losing what was learned, data
//! and layers with a new network.

use super::AppState;
use crate::protocol::{Command, Phase};
use inkling_engine::experiment::Experiment;
use leptos::prelude::*;

impl AppState {
    /// Takes up the experiment that is edited, if it can be run; nothing else is lost otherwise.
    pub(super) fn take_up_edit(&self) {
        let Ok(edited) = self.checked.get_untracked() else { return };
        let running = self.run.checked.get_untracked();
        let (new, old) = (edited.experiment(), running.experiment());
        if self.run.id.get_untracked() == 0 || new == old {
            return;
        }
        if new.differs_at_most_in_rate_and_epochs(old) {
            self.send_rate_and_epochs(&edited);
        } else if keeps_network(new, old) {
            let run = self.run.id.get_untracked();
            let phase = untrack(|| self.run.phase());
            if phase != Phase::Idle {
                let epoch = self.run.progress.read_untracked().epoch;
                self.run.amended.update(|epochs| epochs.push(epoch));
            }
            self.run.stop_reason.set(None);
            self.run.checked.set(edited.clone());
            self.send(Command::Amend { run, experiment: Box::new(new.clone()) });
        } else {
            self.build(crate::protocol::Start::Seed);
        }
    }

    /// Limits the epochs per second; `None`: as fast as can be.
    pub fn set_pace(&self, epochs_per_second: Option<f64>) {
        self.kept.update_value(|kept| kept.epochs_per_second = epochs_per_second);
        self.send_pace();
    }

    /// Tells the worker how fast the present run may go.
    pub(super) fn send_pace(&self) {
        let epochs_per_second = self.kept.with_value(|kept| kept.epochs_per_second);
        if epochs_per_second.is_some() || self.place == super::Place::Plane {
            self.send(Command::SetPace { run: self.run.id.get_untracked(), epochs_per_second });
        }
    }
}

/// Whether a network goes on from `old` to `new` with what it has learned: its data, its layers and the parts of the data
/// are the same.
#[must_use]
pub fn keeps_network(new: &Experiment, old: &Experiment) -> bool {
    new.data == old.data
        && new.network == old.network
        && new.seed == old.seed
        && new.training.validation == old.training.validation
}
