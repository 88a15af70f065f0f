//! Networks beside the present run's: the last weights of past runs, and what the worker answers about several runs.

use super::{AppState, Place, RunRecord};
use crate::protocol::questions::{PackedAnswer, Question};
use crate::protocol::{AnyQuestion, Command, RunId, Start};
use inkling_engine::experiment::Preset;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;

/// Runs whose weights are kept at most.
const MAX_RUNS: usize = 8;
/// Bytes of weights that are kept at most.
const MAX_BYTES: usize = 64 << 20;
/// Answers that are kept at most.
const MAX_ANSWERS: usize = 64;

/// The number of the pretrained network where it is not the present run.
pub const PRETRAINED_RUN: RunId = RunId::MAX - 1;

/// The last weights of a past run that the worker has sent.
#[derive(Debug, Clone)]
pub(super) struct KeptWeights {
    run: RunId,
    /// Epochs that they are after.
    n_epochs: usize,
    weights: Arc<Vec<f32>>,
}

/// An answer about a run, present or not.
#[derive(Debug, Clone)]
struct RunAnswer {
    run: RunId,
    n_steps: usize,
    question: AnyQuestion,
    answer: PackedAnswer,
}

/// The newest answers about several runs.
#[derive(Clone, Copy)]
pub struct RunAnswers {
    answers: RwSignal<Vec<Rc<RunAnswer>>, LocalStorage>,
    /// The runs beside the present one whose networks are there.
    pub built: RwSignal<Vec<RunId>>,
    /// The newest question about a run that did not fit its network, with what the worker says of it.
    pub refused: RwSignal<Option<(RunId, String)>>,
}

impl RunAnswers {
    pub(super) fn new() -> RunAnswers {
        RunAnswers {
            answers: RwSignal::new_local(Vec::new()),
            built: RwSignal::new(Vec::new()),
            refused: RwSignal::new(None),
        }
    }

    /// The newest answer to that question about a run, and the updates that its network had seen. Reactive.
    #[must_use]
    pub fn to<Q: Question>(&self, run: RunId, question: Q) -> Option<(usize, Q::Answer)> {
        let question: AnyQuestion = question.into();
        let answers = self.answers.read();
        let found = answers.iter().find(|found| found.run == run && found.question == question)?;
        Some((found.n_steps, found.answer.clone().unpack()?))
    }

    /// The newest answer about a run to a question of that kind. Reactive.
    #[must_use]
    pub fn newest<Q: Question>(&self, run: RunId, kind: Q) -> Option<Q::Answer> {
        let answers = self.answers.read();
        let found = answers.iter().find(|found| found.run == run && found.question.is_of_kind(kind.into()))?;
        found.answer.clone().unpack()
    }

    /// Forgets the answer to a question about a run.
    pub fn forget(&self, run: RunId, question: impl Into<AnyQuestion>) {
        let question = question.into();
        self.answers.update(|answers| answers.retain(|found| found.run != run || found.question != question));
    }

    /// Takes up an answer. Of measurements one of each list is kept for each run, of the changed subject the newest.
    pub fn take(&self, run: RunId, n_steps: usize, question: AnyQuestion, answer: PackedAnswer) {
        let is_replaced = |former: &RunAnswer| {
            let is_measurement = matches!(question, AnyQuestion::Robustness(_));
            let is_same = former.question == question;
            former.run == run && (is_same || !is_measurement && former.question.is_of_kind(question))
        };
        self.answers.update(|answers| {
            answers.retain(|former| !is_replaced(former));
            answers.push(Rc::new(RunAnswer { run, n_steps, question, answer }));
            drop(answers.drain(..answers.len().saturating_sub(MAX_ANSWERS)));
        });
    }
}

impl AppState {
    /// Whether the network of a past run can be made again.
    #[must_use]
    pub fn has_weights_of(&self, run: RunId) -> bool {
        self.past_weights.with_value(|kept| kept.iter().any(|kept| kept.run == run))
    }

    /// Keeps the last weights of the present run, which becomes a past one; the oldest ones make room.
    pub(super) fn keep_past_weights(&self, run: RunId) {
        let (n_epochs, weights) = self.kept.with_value(|kept| (kept.n_epochs, kept.weights.clone()));
        if self.place == Place::Plane || n_epochs == 0 {
            return;
        }
        self.past_weights.update_value(|kept| {
            kept.push(KeptWeights { run, n_epochs, weights: Arc::new(weights) });
            let n_bytes =
                |kept: &[KeptWeights]| kept.iter().map(|kept| size_of::<f32>() * kept.weights.len()).sum::<usize>();
            while kept.len() > MAX_RUNS || n_bytes(kept) > MAX_BYTES {
                kept.remove(0);
            }
        });
    }

    /// Has the worker make the network of a past run again, beside the present one; `false` if its weights are gone.
    pub fn rebuild(&self, record: &RunRecord) -> bool {
        let found = self.past_weights.with_value(|kept| kept.iter().find(|kept| kept.run == record.id).cloned());
        let Some(KeptWeights { n_epochs, weights, .. }) = found else { return false };
        let experiment = Box::new(record.checked.experiment().clone());
        let (start, weights) = (Start::After(n_epochs), weights.to_vec());
        self.send(Command::Build { run: record.id, experiment, start, weights });
        true
    }

    /// Has the worker fetch the pretrained network as [`PRETRAINED_RUN`].
    pub fn build_pretrained(&self) {
        let experiment = Box::new(Preset::LessonCnn.experiment());
        self.send(Command::Build { run: PRETRAINED_RUN, experiment, start: Start::Pretrained, weights: Vec::new() });
    }

    /// Has the worker forget a network beside the present one.
    pub fn close(&self, run: RunId) {
        if run != self.run.id.get_untracked() {
            self.run_answers.built.update(|built| built.retain(|other| *other != run));
            self.send(Command::Close { run });
        }
    }

    /// Asks about the network of any run that the worker holds; the answer arrives in [`AppState::run_answers`].
    pub fn ask_run(&self, run: RunId, question: impl Into<AnyQuestion>) {
        self.send(Command::Ask { run, question: question.into() });
    }

    /// Stops the worker's work on questions of that kind about a run.
    pub fn withdraw_from(&self, run: RunId, question: impl Into<AnyQuestion>) {
        self.send(Command::Withdraw { run, question: question.into() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{BatchPoint, Event};
    use crate::state::provide_app_state;
    use inkling_engine::history::EpochRecord;

    /// Trains the present run for an epoch, or for a step only, and begins another one; the number of the former.
    fn train_and_reset(state: AppState, weights: Vec<f32>) -> RunId {
        let run = state.run.id.get_untracked();
        state.run.last_batch.set(Some(BatchPoint { n_steps: 1, loss: 0.1, accuracy: 0.9 }));
        if !weights.is_empty() {
            let record = EpochRecord { epoch: 1, loss: 0.1, accuracy: 0.9, val_loss: None, val_accuracy: None };
            state.apply(Event::EpochsEnded { run, records: vec![record], seconds: 1.0, weights });
        }
        state.reset();
        run
    }

    #[test]
    fn the_weights_of_the_newest_past_runs_are_kept() {
        let owner = Owner::new();
        owner.set();
        let state = provide_app_state(Preset::Softmax);
        let runs: Vec<RunId> = (0..10).map(|_| train_and_reset(state, vec![0.5; 100])).collect();
        let is_kept: Vec<bool> = runs.iter().map(|run| state.has_weights_of(*run)).collect();
        assert_eq!(is_kept, [false, false, true, true, true, true, true, true, true, true]);
        let early = train_and_reset(state, Vec::new());
        assert!(!state.has_weights_of(early), "no epoch had ended");
        let record = state.past_runs.read_untracked()[9].clone();
        assert!(state.rebuild(&record));
        assert_eq!(record.id, runs[9]);
    }

    #[test]
    fn large_weights_push_older_ones_out() {
        let owner = Owner::new();
        owner.set();
        let state = provide_app_state(Preset::Softmax);
        let n = MAX_BYTES / size_of::<f32>() / 2 + 1;
        let runs: Vec<RunId> = (0..2).map(|_| train_and_reset(state, vec![0.5; n])).collect();
        assert!(!state.has_weights_of(runs[0]) && state.has_weights_of(runs[1]));
    }
}
