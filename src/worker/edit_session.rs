//! Edits of a network's weights: the network from before, what can be undone, and what is frozen.

use super::channel::post;
use super::run::{Network, Run};
use crate::protocol::questions::Score;
use crate::protocol::{Event, RunId, UndoneEdit, without_committed};
use inkling_engine::experiment::CheckedLayer;
use inkling_engine::explain::{Edit, ExplainError, Frozen, apply_edits, frozen_mask};
use inkling_engine::history::StopReason;
use inkling_engine::model::Model;
use inkling_engine::trainer::{Stage, Trainer};

/// Edits of a network's weights, beside its experiment.
#[derive(Default)]
pub struct EditSession {
    /// The network without the open edits; none while there are none.
    before: Option<Model>,
    /// Counts the networks that `before` has been, or would have been.
    n_befores: usize,
    /// What `before`, or the present network where there is no edit, has scored.
    score_before: Option<Score>,
    /// Edits that can be taken back.
    open: Vec<Edit>,
    /// Edits that updates have been made on.
    committed: Vec<Edit>,
    /// Epochs in which they were made, of those that are committed and then of the open ones; 0 before the first.
    epochs: Vec<usize>,
    frozen: Vec<Frozen>,
    has_trained_frozen: bool,
}

/// What [`Command::EditWeights`](crate::protocol::Command::EditWeights) asks for.
pub struct EditRequest {
    /// The run meant.
    pub run: RunId,
    /// Committed edits that the page knew of.
    pub n_committed: usize,
    /// All edits since those.
    pub edits: Vec<Edit>,
    /// All parts that are to be frozen.
    pub frozen: Vec<Frozen>,
}

impl EditSession {
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

    /// Notes what the network without the edits has scored, if it is still the one that was judged.
    pub fn set_score_before(&mut self, n_befores: usize, score: &Score) {
        if self.n_befores == n_befores {
            self.score_before = Some(score.clone());
        }
    }

    /// Which weights training must not change; empty if it may change all.
    pub fn mask(&self, layers: &[CheckedLayer]) -> Vec<bool> {
        // The parts fitted this network when they were taken up.
        mask(layers, &self.frozen).unwrap_or_default()
    }

    /// The edits of a request that are still open: those that are committed on the order's way here are left out.
    fn still_open(&self, n_committed: usize, edits: Vec<Edit>) -> Vec<Edit> {
        without_committed(edits, self.committed.get(n_committed..).unwrap_or_default())
    }

    /// Notes the edits that are open now; those that are new were made in this epoch.
    fn open(&mut self, edits: Vec<Edit>, epoch: usize) {
        let n_same = self.open.iter().zip(&edits).take_while(|(former, edit)| former == edit).count();
        self.epochs.truncate(self.committed.len() + n_same);
        self.epochs.resize(self.committed.len() + edits.len(), epoch);
        self.open = edits;
    }

    /// The committed edits that are not in the weights of an epoch: made after it, and nothing frozen has kept them.
    fn undone_by_revert(&self, best_epoch: usize, layers: &[CheckedLayer]) -> Vec<UndoneEdit> {
        let mask = self.mask(layers);
        let undone = |(edit_idx, (edit, epoch)): (usize, (&Edit, &usize))| {
            let touched = touched_weights(layers, edit);
            let n_held = touched.iter().filter(|idx| mask.get(**idx) == Some(&true)).count();
            let is_undone = *epoch > best_epoch && n_held < touched.len();
            is_undone.then_some(UndoneEdit { edit_idx, is_whole: n_held == 0 })
        };
        self.committed.iter().zip(&self.epochs).enumerate().filter_map(undone).collect()
    }

    /// The present weights stay: the open edits can no longer be taken back.
    fn commit(&mut self) -> Vec<Edit> {
        self.before = None;
        self.n_befores += 1;
        self.score_before = None;
        let committed = std::mem::take(&mut self.open);
        self.committed.extend_from_slice(&committed);
        committed
    }
}

/// The weights that an edit sets.
fn touched_weights(layers: &[CheckedLayer], edit: &Edit) -> Vec<usize> {
    let n_params = layers.iter().map(CheckedLayer::n_params).sum();
    // It fitted this network when it was made.
    let edited = apply_edits(layers, &vec![f32::NAN; n_params], std::slice::from_ref(edit)).unwrap_or_default();
    edited.iter().enumerate().filter(|(_, weight)| !weight.is_nan()).map(|(idx, _)| idx).collect()
}

/// Whether a run has ended in a way that brings the weights of the best epoch back, and which epoch that is.
pub fn reverted_to(trainer: &Trainer) -> Option<usize> {
    match trainer.stage() {
        Stage::Finished(StopReason::NotFinite { .. }) | Stage::Step | Stage::Validation => None,
        Stage::Finished(_) => trainer.best_epoch(),
    }
}

fn mask(layers: &[CheckedLayer], frozen: &[Frozen]) -> Result<Vec<bool>, ExplainError> {
    if frozen.is_empty() { Ok(Vec::new()) } else { frozen_mask(layers, frozen) }
}

impl Run {
    /// Sets the weights to those from before the first open edit, with the request's edits applied, and freezes parts.
    ///
    /// # Errors
    /// If an edit or a part does not fit the network; nothing is changed then.
    pub fn edit(&mut self, request: EditRequest) -> Result<(), ExplainError> {
        let EditRequest { n_committed, edits, frozen, .. } = request;
        let mask = mask(self.checked.layers(), &frozen)?;
        let edits = self.edit_session.still_open(n_committed, edits);
        if edits != self.edit_session.open {
            self.apply(edits)?;
        }
        self.edit_session.frozen = frozen;
        if let Some(trainer) = self.trainer_mut() {
            trainer.set_frozen(mask);
        }
        Ok(())
    }

    fn apply(&mut self, edits: Vec<Edit>) -> Result<(), ExplainError> {
        let before = self.edit_session.before.as_ref().unwrap_or(self.model());
        let edited = apply_edits(before.layers(), before.weights(), &edits)?;
        let before = self.edit_session.before.take().unwrap_or_else(|| self.model().clone());
        match &mut self.network {
            Network::Bare(model) => model.set_weights(&edited),
            Network::InTraining(trainer) => trainer.set_weights(&edited),
        }
        let epoch = match &self.network {
            Network::Bare(_) => 0,
            // The last epoch's weights are those from before this edit.
            Network::InTraining(trainer) if matches!(trainer.stage(), Stage::Finished(_)) => trainer.epoch() + 1,
            Network::InTraining(trainer) => trainer.epoch(),
        };
        self.edit_session.open(edits, epoch);
        self.edit_session.before = Some(before).filter(|_| !self.edit_session.open.is_empty());
        Ok(())
    }

    /// An update was made: the edits are part of the weights now.
    pub fn commit(&mut self) {
        let is_first_frozen = !self.edit_session.frozen.is_empty() && !self.edit_session.has_trained_frozen;
        self.edit_session.has_trained_frozen |= is_first_frozen;
        let edits = self.edit_session.commit();
        if is_first_frozen || !edits.is_empty() {
            post(Event::Committed { run: self.id, edits });
        }
    }

    /// Takes up that the run has ended. The weights of the best epoch may have come back: edits made since are undone
    /// by that, and what was still open can no longer be taken back.
    pub fn end(&mut self) {
        let Network::InTraining(trainer) = &self.network else { return };
        let Some(best_epoch) = reverted_to(trainer) else { return };
        if self.is_moved() {
            self.commit();
        }
        let undone = self.edit_session.undone_by_revert(best_epoch, self.checked.layers());
        if !undone.is_empty() {
            post(Event::Reverted { run: self.id, best_epoch, undone });
        }
    }

    /// Whether the weights are others than the open edits have made.
    fn is_moved(&self) -> bool {
        let Some(before) = &self.edit_session.before else { return true };
        let edited = apply_edits(before.layers(), before.weights(), &self.edit_session.open);
        edited.map_or(true, |edited| edited != self.model().weights())
    }

    /// Replaces the weights that a run begins with; edits made meanwhile are made on the new ones.
    pub fn begin_with(&mut self, load: impl FnOnce(&mut Model) -> Result<(), String>) -> Result<(), String> {
        let edits = std::mem::take(&mut self.edit_session.open);
        self.edit_session.open(Vec::new(), 0);
        if let (Network::Bare(model), Some(before)) = (&mut self.network, self.edit_session.before.take()) {
            model.set_weights(before.weights());
        }
        self.edit_session.commit();
        let Network::Bare(model) = &mut self.network else { return Ok(()) };
        let loaded = load(model);
        self.initial = model.weights().to_vec();
        if edits.is_empty() {
            return loaded;
        }
        // They fitted this network before, so an error here is a mistake of ours: it is reported, not lost.
        loaded.and(self.apply(edits).map_err(|error| error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::Preset;

    fn silence(unit: usize) -> Edit {
        Edit::SilenceUnit { layer_idx: 1, unit }
    }

    fn undone(edit_session: &EditSession, best_epoch: usize) -> Vec<(usize, bool)> {
        let checked = Preset::Mlp40.experiment().check().unwrap();
        let undone = edit_session.undone_by_revert(best_epoch, checked.layers());
        undone.into_iter().map(|undone| (undone.edit_idx, undone.is_whole)).collect()
    }

    #[test]
    fn the_return_to_an_epoch_undoes_what_was_made_after_it() {
        let mut edit_session = EditSession::default();
        edit_session.open(vec![silence(0)], 0);
        edit_session.commit();
        edit_session.open(vec![silence(1), silence(2)], 3);
        edit_session.open(vec![silence(1), silence(3)], 4);
        edit_session.commit();
        assert_eq!(undone(&edit_session, 4), []);
        assert_eq!(undone(&edit_session, 3), [(2, true)], "the one in the place of another is newer than that");
        assert_eq!(undone(&edit_session, 1), [(1, true), (2, true)]);
        assert_eq!(undone(&edit_session, 0), [(1, true), (2, true)], "made before training");
    }

    #[test]
    fn what_is_frozen_is_not_undone() {
        let mut edit_session = EditSession::default();
        let paint = Edit::SetWeights { layer_idx: 1, unit: 5, weights: vec![(0, 0.5), (9, 0.5)] };
        edit_session.open(vec![silence(4), paint], 2);
        edit_session.commit();
        assert_eq!(undone(&edit_session, 1), [(0, true), (1, true)]);
        edit_session.frozen = vec![Frozen::Unit { layer_idx: 1, unit: 4 }];
        assert_eq!(undone(&edit_session, 1), [(1, true)]);
        edit_session.frozen = vec![Frozen::Layer { layer_idx: 1 }];
        assert_eq!(undone(&edit_session, 1), []);
    }
}
