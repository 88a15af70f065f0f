//! What the learner has changed by hand in the present network, beside its experiment.

use crate::protocol::{UndoneEdit, without_settled};
use inkling_engine::explain::{Edit, Frozen};
use std::collections::BTreeMap;

/// Edits of the weights, with undo, and the parts that training must not change.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ByHand {
    settled: Vec<Edit>,
    /// Settled edits that are no longer in the weights, by their place.
    returned: BTreeMap<usize, Return>,
    open: Vec<Edit>,
    /// The last one taken back stands last.
    undone: Vec<Edit>,
    frozen: Vec<Frozen>,
    is_trained: bool,
}

/// How an edit was undone by the run's end, which brought the weights of an earlier epoch back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Return {
    /// The epoch, from 1.
    pub best_epoch: usize,
    /// Whether all of the edit is undone; else what of it was frozen has stayed.
    pub is_whole: bool,
}

impl ByHand {
    /// Edits that updates have been made on since: they are part of the weights and stay, but for those that were undone
    /// by a [return](ByHand::returned).
    #[must_use]
    pub fn settled(&self) -> &[Edit] {
        &self.settled
    }

    /// How a settled edit was undone by the run's end; `None` if it is part of the weights.
    #[must_use]
    pub fn returned(&self, edit_idx: usize) -> Option<Return> {
        self.returned.get(&edit_idx).copied()
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

    /// Whether [`redo`](ByHand::redo) would do something.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Whether the weights are others than the experiment alone makes them.
    #[must_use]
    pub fn is_by_hand(&self) -> bool {
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

    /// An update was made: these edits are part of the weights now.
    pub(super) fn settle(&mut self, edits: Vec<Edit>) {
        self.open = without_settled(std::mem::take(&mut self.open), &edits);
        self.settled.extend(edits);
        self.is_trained = true;
    }

    /// The weights of an earlier epoch came back, without these edits.
    pub(super) fn return_to(&mut self, best_epoch: usize, undone: &[UndoneEdit]) {
        for &UndoneEdit { edit_idx, is_whole } in undone {
            self.returned.entry(edit_idx).or_insert(Return { best_epoch, is_whole });
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
        let mut by_hand = ByHand::default();
        (0..3).for_each(|unit| by_hand.edit(silence(unit)));
        by_hand.restore_all();
        assert!(by_hand.open().is_empty() && !by_hand.is_by_hand());
        by_hand.redo();
        by_hand.redo();
        assert_eq!(by_hand.open(), [silence(0), silence(1)]);
        by_hand.undo();
        assert_eq!(by_hand.open(), [silence(0)]);
        by_hand.edit(silence(7));
        assert!(!by_hand.can_redo(), "what was taken back does not come back after something new");
        by_hand.undo();
        by_hand.undo();
        by_hand.undo();
        assert!(by_hand.open().is_empty() && by_hand.can_redo());
    }

    #[test]
    fn a_stroke_is_one_edit() {
        let mut by_hand = ByHand::default();
        by_hand.edit(stroke(0.1));
        by_hand.edit(stroke(0.2));
        by_hand.go_on(stroke(0.3));
        assert_eq!(by_hand.open(), [stroke(0.1), stroke(0.3)]);
        by_hand.settle(vec![stroke(0.1), stroke(0.3)]);
        by_hand.go_on(stroke(0.4));
        assert_eq!(by_hand.open(), [stroke(0.4)], "the beginning has settled");
    }

    #[test]
    fn what_has_been_trained_on_stays() {
        let mut by_hand = ByHand::default();
        by_hand.edit(silence(0));
        by_hand.edit(silence(1));
        by_hand.settle(vec![silence(0)]);
        by_hand.restore_all();
        assert_eq!((by_hand.settled(), by_hand.open()), (&[silence(0)][..], &[][..]));
        assert!(by_hand.is_by_hand());
        // Undone on the page while the update was made.
        by_hand.redo();
        by_hand.undo();
        by_hand.settle(vec![silence(1)]);
        assert_eq!((by_hand.settled().len(), by_hand.open().len()), (2, 0));
    }

    #[test]
    fn an_edit_that_a_return_has_undone_is_told_from_those_that_stay() {
        let mut by_hand = ByHand::default();
        (0..3).for_each(|unit| by_hand.edit(silence(unit)));
        by_hand.settle(by_hand.open().to_vec());
        let undone = |edit_idx, is_whole| UndoneEdit { edit_idx, is_whole };
        by_hand.return_to(4, &[undone(1, false), undone(2, true)]);
        let told = [0, 1, 2].map(|edit_idx| by_hand.returned(edit_idx));
        let back = |is_whole| Some(Return { best_epoch: 4, is_whole });
        assert_eq!(told, [None, back(false), back(true)]);
        // What is done later is done to the weights that came back.
        by_hand.edit(silence(2));
        by_hand.undo();
        by_hand.redo();
        assert_eq!((by_hand.settled().len(), by_hand.open()), (3, &[silence(2)][..]));
        assert_eq!(by_hand.returned(3), None);
    }

    #[test]
    fn a_part_is_held_by_what_it_is_part_of() {
        let mut by_hand = ByHand::default();
        let layer = Frozen::Layer { layer_idx: 2 };
        let unit = Frozen::Unit { layer_idx: 2, unit: 4 };
        let slice = Frozen::Slice { layer_idx: 2, in_channel: 0, filter: 4 };
        by_hand.toggle_frozen(unit);
        assert_eq!([layer, unit, slice].map(|part| by_hand.is_held(part)), [false, true, true]);
        by_hand.toggle_frozen(layer);
        by_hand.toggle_frozen(unit);
        assert_eq!(by_hand.frozen(), [layer]);
        assert_eq!([layer, unit, slice].map(|part| by_hand.is_held(part)), [true; 3]);
        assert!(!by_hand.is_held(Frozen::Unit { layer_idx: 0, unit: 4 }));
    }
}
