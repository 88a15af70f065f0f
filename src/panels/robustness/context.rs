//! What the parts of the panel share.

use super::candidate::{Candidate, candidates};
use super::queue::Queue;
use crate::protocol::RunId;
use crate::protocol::questions::{ChangeList, ChangedSubject, JudgedSet, Robustness, RobustnessAnswer};
use crate::state::AppState;
use leptos::prelude::*;

/// Runs that can be compared at a time.
pub const MAX_CHOSEN: usize = 4;

/// Runs, images and measurements.
#[derive(Clone, Copy)]
pub struct RobustnessContext {
    /// The page's state.
    pub state: AppState,
    /// The runs that can be measured.
    pub candidates: Memo<Vec<Candidate>>,
    /// The numbers of those that were chosen; some may be gone.
    pub picked: RwSignal<Vec<RunId>>,
    /// The chosen runs, in the order of the candidates.
    pub chosen: Memo<Vec<Candidate>>,
    /// Which images the learner wants.
    pub wanted_set: RwSignal<JudgedSet>,
    /// Which images are used: the test set only where it was opened for all chosen runs.
    pub set: Memo<JudgedSet>,
    /// What is to be measured.
    pub queue: RwSignal<Queue>,
    /// How the present image is changed.
    pub change: RwSignal<ChangedSubject>,
}

impl RobustnessContext {
    /// A context in which the present run is chosen, and one to compare it with.
    #[must_use]
    pub fn new(state: AppState) -> RobustnessContext {
        let candidates = Memo::new(move |_| candidates(state));
        let first: Vec<RunId> =
            candidates.with_untracked(|all| all.iter().take(2).map(|candidate| candidate.run).collect());
        let picked = RwSignal::new(first);
        let chosen = Memo::new(move |_| {
            let (all, picked) = (candidates.read(), picked.read());
            all.iter().filter(|candidate| picked.contains(&candidate.run)).take(MAX_CHOSEN).cloned().collect::<Vec<_>>()
        });
        let wanted_set = RwSignal::new(JudgedSet::Validation);
        let set = Memo::new(move |_| {
            let is_opened = chosen.read().iter().all(|candidate| candidate.is_test_opened);
            if is_opened { wanted_set.get() } else { JudgedSet::Validation }
        });
        RobustnessContext {
            state,
            candidates,
            picked,
            chosen,
            wanted_set,
            set,
            queue: RwSignal::new(Queue::default()),
            change: RwSignal::new(ChangedSubject::default()),
        }
    }

    /// The question about a list of changes.
    #[must_use]
    pub fn question(&self, changes: ChangeList) -> Robustness {
        Robustness { changes, set: self.set.get() }
    }

    /// What is known of a run by now, and the updates that its network had seen. Reactive.
    #[must_use]
    pub fn measured(&self, run: RunId, changes: ChangeList) -> Option<(usize, RobustnessAnswer)> {
        self.state.run_answers.to(run, self.question(changes))
    }

    /// The pixels of the image that runs through the network, in their own order; `None` before the first look. Reactive.
    #[must_use]
    pub fn image(&self) -> Option<Vec<f32>> {
        let seen = self.state.seen()?;
        let input = seen.input();
        match self.state.run.checked.read().pixel_order() {
            Some(order) if order.sources().len() == input.len() => Some(order.undo(input)),
            _ => Some(input.to_vec()),
        }
    }

    /// What is known of a run by now, as a memo.
    #[must_use]
    pub fn measurement(self, run: RunId, changes: ChangeList) -> Memo<Option<(usize, RobustnessAnswer)>> {
        Memo::new(move |_| self.measured(run, changes))
    }
}
