//! The learner's edits of the present network's weights, which are not part of its experiment.

use crate::protocol::{UndoneEdit, without_committed};
use inkling_engine::explain::{Edit, Frozen};
use std::collections::BTreeMap;

/// Edits of the weights, with undo, and the parts that training must not change.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WeightEdits {
    committed: Vec<Edit>,
    /// Committed edits that are no longer in the weights, by their place.
    reverted: BTreeMap<usize, Reverted>,
    open: Vec<Edit>,
    /// The last one taken back stands last.
    undone: Vec<Edit>,
    frozen: Vec<Frozen>,
    is_trained: bool,
}

/// How an edit was undone by the run's end, which brought the weights of an earlier epoch back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reverted {
    /// The epoch, from 1.
    pub best_epoch: usize,
    /// Whether all of the edit is undone; else what of it was frozen has stayed.
    pub is_whole: bool,
}

impl WeightEdits {
    /// Edits that updates have been made on since: they are part of the weights and stay, but for those that were
    /// undone when the best epoch's weights [came back](WeightEdits::reverted).
    #[must_use]
    pub fn committed(&self) -> &[Edit] {
        &self.committed
    }

    /// How a settled edit was undone by the run's end; `None` if it is part of the weights.
    #[must_use]
    pub fn reverted(&self, edit_idx: usize) -> Option<Reverted> {
        self.reverted.get(&edit_idx).copied()
    }

    /// Edits that can be taken back, in order.
    #[must_use]
    pub fn open(&self) -> &[Edit] {
        &self.open
    }

    /// Parts that training must not change.
    #[must_use]
    pub fn frozen(&self) -> &[Frozen] {
        &self.frozen
    }

    /// Whether [`redo`](WeightEdits::redo) would do something.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Whether the weights are others than the experiment alone makes them.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.is_trained || !self.open.is_empty()
    }

    /// Adds an edit; what was taken back is forgotten.
    pub fn edit(&mut self, edit: Edit) {
        self.undone.clear();
        self.open.push(edit);
    }

    /// Goes on with the last edit, such as a stroke: `edit` takes its place, unless it is of another unit or has
    /// settled meanwhile.
    pub fn go_on(&mut self, edit: Edit) {
        let is_same = self.open.last().is_some_and(|last| {
            std::mem::discriminant(last) == std::mem::discriminant(&edit) && last.target() == edit.target()
        });
        if is_same {
            self.open.pop();
        }
        self.edit(edit);
    }

    /// Takes the last edit back.
    pub fn undo(&mut self) {
        self.undone.extend(self.open.pop());
    }

    /// Makes the edit again that was taken back last.
    pub fn redo(&mut self) {
        self.open.extend(self.undone.pop());
    }

    /// Takes all edits back; each can be made again.
    pub fn restore_all(&mut self) {
        self.undone.extend(self.open.drain(..).rev());
    }

    /// Freezes a part, or thaws it if it is frozen.
    pub fn toggle_frozen(&mut self, part: Frozen) {
        let n_before = self.frozen.len();
        self.frozen.retain(|frozen| *frozen != part);
        if self.frozen.len() == n_before {
            self.frozen.push(part);
        }
    }

    /// Whether training leaves a part alone: because it is frozen itself, or inside of one that is.
    #[must_use]
    pub fn is_held(&self, part: Frozen) -> bool {
        let around = |part| match part {
            Frozen::Slice { layer_idx, filter, .. } => Some(Frozen::Unit { layer_idx, unit: filter }),
            Frozen::Unit { layer_idx, .. } => Some(Frozen::Layer { layer_idx }),
            Frozen::Layer { .. } => None,
        };
        std::iter::successors(Some(part), |part| around(*part)).any(|part| self.frozen.contains(&part))
    }

    /// A new worker has the weights of an earlier moment: edits that can be taken back are made on these again, others
    /// are forgotten.
    pub(super) fn restore(&mut self) {
        self.committed.clear();
        self.reverted.clear();
    }

    /// An update was made: these edits are part of the weights now.
    pub(super) fn settle(&mut self, edits: Vec<Edit>) {
        self.open = without_committed(std::mem::take(&mut self.open), &edits);
        self.committed.extend(edits);
        self.is_trained = true;
    }

    /// The weights of an earlier epoch came back, without these edits.
    pub(super) fn return_to(&mut self, best_epoch: usize, undone: &[UndoneEdit]) {
        for &UndoneEdit { edit_idx, is_whole } in undone {
            self.reverted.entry(edit_idx).or_insert(Reverted { best_epoch, is_whole });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn silence(unit: usize) -> Edit {
        Edit::SilenceUnit { layer_idx: 0, unit }
    }

    fn stroke(value: f32) -> Edit {
        Edit::SetWeights { layer_idx: 1, unit: 3, weights: vec![(5, value)] }
    }

    #[test]
    fn edits_are_taken_back_and_made_again_in_order() {
        let mut weight_edits = WeightEdits::default();
        (0..3).for_each(|unit| weight_edits.edit(silence(unit)));
        weight_edits.restore_all();
        assert!(weight_edits.open().is_empty() && !weight_edits.is_edited());
        weight_edits.redo();
        weight_edits.redo();
        assert_eq!(weight_edits.open(), [silence(0), silence(1)]);
        weight_edits.undo();
        assert_eq!(weight_edits.open(), [silence(0)]);
        weight_edits.edit(silence(7));
        assert!(!weight_edits.can_redo(), "what was taken back does not come back after something new");
        weight_edits.undo();
        weight_edits.undo();
        weight_edits.undo();
        assert!(weight_edits.open().is_empty() && weight_edits.can_redo());
    }

    #[test]
    fn a_stroke_is_one_edit() {
        let mut weight_edits = WeightEdits::default();
        weight_edits.edit(stroke(0.1));
        weight_edits.edit(stroke(0.2));
        weight_edits.go_on(stroke(0.3));
        assert_eq!(weight_edits.open(), [stroke(0.1), stroke(0.3)]);
        weight_edits.settle(vec![stroke(0.1), stroke(0.3)]);
        weight_edits.go_on(stroke(0.4));
        assert_eq!(weight_edits.open(), [stroke(0.4)], "the beginning has settled");
    }

    #[test]
    fn what_has_been_trained_on_stays() {
        let mut weight_edits = WeightEdits::default();
        weight_edits.edit(silence(0));
        weight_edits.edit(silence(1));
        weight_edits.settle(vec![silence(0)]);
        weight_edits.restore_all();
        assert_eq!((weight_edits.committed(), weight_edits.open()), (&[silence(0)][..], &[][..]));
        assert!(weight_edits.is_edited());
        // Undone on the page while the update was made.
        weight_edits.redo();
        weight_edits.undo();
        weight_edits.settle(vec![silence(1)]);
        assert_eq!((weight_edits.committed().len(), weight_edits.open().len()), (2, 0));
    }

    #[test]
    fn an_edit_that_a_return_has_undone_is_told_from_those_that_stay() {
        let mut weight_edits = WeightEdits::default();
        (0..3).for_each(|unit| weight_edits.edit(silence(unit)));
        weight_edits.settle(weight_edits.open().to_vec());
        let undone = |edit_idx, is_whole| UndoneEdit { edit_idx, is_whole };
        weight_edits.return_to(4, &[undone(1, false), undone(2, true)]);
        let told = [0, 1, 2].map(|edit_idx| weight_edits.reverted(edit_idx));
        let back = |is_whole| Some(Reverted { best_epoch: 4, is_whole });
        assert_eq!(told, [None, back(false), back(true)]);
        // What is done later is done to the weights that came back.
        weight_edits.edit(silence(2));
        weight_edits.undo();
        weight_edits.redo();
        assert_eq!((weight_edits.committed().len(), weight_edits.open()), (3, &[silence(2)][..]));
        assert_eq!(weight_edits.reverted(3), None);
    }

    #[test]
    fn a_part_is_held_by_what_it_is_part_of() {
        let mut weight_edits = WeightEdits::default();
        let layer = Frozen::Layer { layer_idx: 2 };
        let unit = Frozen::Unit { layer_idx: 2, unit: 4 };
        let slice = Frozen::Slice { layer_idx: 2, in_channel: 0, filter: 4 };
        weight_edits.toggle_frozen(unit);
        assert_eq!([layer, unit, slice].map(|part| weight_edits.is_held(part)), [false, true, true]);
        weight_edits.toggle_frozen(layer);
        weight_edits.toggle_frozen(unit);
        assert_eq!(weight_edits.frozen(), [layer]);
        assert_eq!([layer, unit, slice].map(|part| weight_edits.is_held(part)), [true; 3]);
        assert!(!weight_edits.is_held(Frozen::Unit { layer_idx: 0, unit: 4 }));
    }
}
