//! Weights changed by hand: the network from before, what of it can be taken back, and what is frozen.

use super::channel::post;
use super::jobs::Job;
use super::run::{Network, Run};
use super::session::Session;
use crate::protocol::{Answer, Event, Question, RunId, Score, without_settled};
use inkling_engine::experiment::CheckedLayer;
use inkling_engine::explain::{Edit, ExplainError, Frozen, apply_edits, frozen_mask};
use inkling_engine::model::Model;

/// What is done to a network by hand, beside its experiment.
#[derive(Default)]
pub struct Operation {
    /// The network without the open edits; none while there are none.
    before: Option<Model>,
    /// Counts the networks that `before` has been, or would have been.
    n_befores: usize,
    /// What `before`, or the present network where there is no edit, has scored.
    score_before: Option<Score>,
    /// Edits that can be taken back.
    open: Vec<Edit>,
    /// Edits that updates have been made on.
    settled: Vec<Edit>,
    frozen: Vec<Frozen>,
    has_trained_frozen: bool,
}

/// What [`Command::Operate`](crate::protocol::Command::Operate) asks for.
pub struct OperationOrder {
    /// The run meant.
    pub run: RunId,
    /// Settled edits that the page knew of.
    pub n_settled: usize,
    /// All edits since those.
    pub edits: Vec<Edit>,
    /// All parts that are to be frozen.
    pub frozen: Vec<Frozen>,
}

impl Operation {
    /// The network without the edits that can be taken back; `None` where there is no such edit.
    pub fn before(&self) -> Option<&Model> {
        self.before.as_ref()
    }

    /// Which network it is that the edits began on.
    pub fn n_befores(&self) -> usize {
        self.n_befores
    }

    /// What the network without the edits has scored, if that is known.
    pub fn score_before(&self) -> Option<&Score> {
        self.score_before.as_ref()
    }

    /// Takes down what the network without the edits has scored, if it is still the one that was judged.
    pub fn take_score(&mut self, n_befores: usize, score: &Score) {
        if self.n_befores == n_befores {
            self.score_before = Some(score.clone());
        }
    }

    /// Which weights training must not change; empty if it may change all.
    pub fn mask(&self, layers: &[CheckedLayer]) -> Vec<bool> {
        // The parts fitted this network when they were taken up.
        mask(layers, &self.frozen).unwrap_or_default()
    }

    /// The edits of an order that are still open: those that have settled on the order's way here are left out.
    fn still_open(&self, n_settled: usize, edits: Vec<Edit>) -> Vec<Edit> {
        without_settled(edits, self.settled.get(n_settled..).unwrap_or_default())
    }

    /// The present weights stay: the open edits can no longer be taken back.
    fn settle(&mut self) -> Vec<Edit> {
        self.before = None;
        self.n_befores += 1;
        self.score_before = None;
        let settled = std::mem::take(&mut self.open);
        self.settled.extend_from_slice(&settled);
        settled
    }
}

fn mask(layers: &[CheckedLayer], frozen: &[Frozen]) -> Result<Vec<bool>, ExplainError> {
    if frozen.is_empty() { Ok(Vec::new()) } else { frozen_mask(layers, frozen) }
}

impl Run {
    /// Sets the weights to those from before the first open edit, with the order's edits applied, and freezes parts.
    ///
    /// # Errors
    /// If an edit or a part does not fit the network; nothing is changed then.
    pub fn operate(&mut self, order: OperationOrder) -> Result<(), ExplainError> {
        let OperationOrder { n_settled, edits, frozen, .. } = order;
        let mask = mask(self.checked.layers(), &frozen)?;
        let edits = self.operation.still_open(n_settled, edits);
        if edits != self.operation.open {
            self.apply(edits)?;
        }
        self.operation.frozen = frozen;
        if let Some(trainer) = self.trainer_mut() {
            trainer.set_frozen(mask);
        }
        Ok(())
    }

    fn apply(&mut self, edits: Vec<Edit>) -> Result<(), ExplainError> {
        let before = self.operation.before.as_ref().unwrap_or(self.model());
        let edited = apply_edits(before.layers(), before.weights(), &edits)?;
        let before = self.operation.before.take().unwrap_or_else(|| self.model().clone());
        match &mut self.network {
            Network::Bare(model) => model.set_weights(&edited),
            Network::InTraining(trainer) => trainer.set_weights(&edited),
        }
        self.operation.open = edits;
        self.operation.before = Some(before).filter(|_| !self.operation.open.is_empty());
        Ok(())
    }

    /// An update was made: what was done by hand is part of the weights now.
    pub fn settle(&mut self) {
        let is_first_frozen = !self.operation.frozen.is_empty() && !self.operation.has_trained_frozen;
        self.operation.has_trained_frozen |= is_first_frozen;
        let edits = self.operation.settle();
        if is_first_frozen || !edits.is_empty() {
            post(Event::Settled { run: self.id, edits });
        }
    }

    /// Settles if the weights are others than the open edits have made, as when the weights of the best epoch came
    /// back.
    pub fn settle_if_moved(&mut self) {
        let Some(before) = &self.operation.before else { return };
        let edited = apply_edits(before.layers(), before.weights(), &self.operation.open);
        let is_moved = edited.map_or(true, |edited| edited != self.model().weights());
        if is_moved {
            self.settle();
        }
    }

    /// Replaces the weights that a run begins with; edits made meanwhile are made on the new ones.
    pub fn begin_with(&mut self, load: impl FnOnce(&mut Model) -> Result<(), String>) -> Result<(), String> {
        let edits = std::mem::take(&mut self.operation.open);
        if let (Network::Bare(model), Some(before)) = (&mut self.network, self.operation.before.take()) {
            model.set_weights(before.weights());
        }
        self.operation.settle();
        let Network::Bare(model) = &mut self.network else { return Ok(()) };
        let loaded = load(model);
        self.initial = model.weights().to_vec();
        if !edits.is_empty() {
            // They fitted this network before.
            let _ = self.apply(edits);
        }
        loaded
    }
}

impl Session {
    /// Changes the weights by hand; while helpers work on an update, after it.
    pub(super) fn operate(&mut self, order: OperationOrder) {
        if self.run_of(order.run).is_none() {
            return;
        }
        if self.work.is_waiting() {
            self.order_after_update = Some(order);
            return;
        }
        let Some(run) = &mut self.run else { return };
        let id = run.id;
        if let Err(error) = run.operate(order) {
            self.tell_answer(Answer::Refused(error.to_string()));
        }
        if self.evaluation.is_some() {
            self.begin_evaluation(id);
        }
        self.inspect();
        // Without the test images there is no score yet; the page asks once they are there.
        if let Ok(job) = Job::new(self, Question::Score) {
            self.jobs.take_up(job);
            self.ticker.wake();
        }
    }

    /// Takes up an order that waited for an update to be finished.
    pub(super) fn operate_after_update(&mut self) {
        if let Some(order) = self.order_after_update.take() {
            self.operate(order);
        }
    }

    /// The outputs for the subject, without and with the open edits.
    pub(super) fn compare(&mut self) -> Result<Answer, ExplainError> {
        let look = self.look()?;
        let after = look.probs().to_vec();
        let before = self.run.as_mut().and_then(|run| {
            let before = run.operation.before.as_ref()?;
            // Layer by layer as the present outputs are: the fused passes differ from that in the last bits.
            before.activations(&mut run.workspace, &look.pixels).pop().map(|output| output.values)
        });
        Ok(Answer::Comparison { before, after })
    }
}
