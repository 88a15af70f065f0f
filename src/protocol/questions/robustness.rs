//! What a network still recognises when the images that it is judged by are changed.

use super::{Answer, JudgedSet, Question};
use inkling_engine::data::{Corruption, MnistC};
use serde::{Deserialize, Serialize};

/// Most images that each change is measured on: so many that the longest list takes the lesson's network some seconds.
pub const N_CHANGED_IMAGES: usize = 1_000;
/// How far the map of shifts reaches each way, in pixels.
pub const SHIFT_REACH: i32 = 8;

/// How many images does the network recognise after each of a list of changes? The answers of all runs are kept, also after
/// another run has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Robustness {
    /// The list.
    pub changes: ChangeList,
    /// Which images are changed.
    pub set: JudgedSet,
}

/// A list of changes that a network is measured on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ChangeList {
    /// Every shift by whole pixels up to [`SHIFT_REACH`] each way, the small ones first.
    ShiftMap,
    /// Shifts, rotations, scales, widths of the strokes and noise, from weak to strong.
    Curves,
    /// The changes of MNIST-C in all their strengths, after the images as they are.
    MnistC,
}

impl ChangeList {
    /// The changes, in the order in which they are measured.
    #[must_use]
    pub fn changes(self) -> Vec<Corruption> {
        match self {
            ChangeList::ShiftMap => shifts().into_iter().map(shift).collect(),
            ChangeList::Curves => curves(),
            ChangeList::MnistC => std::iter::once(shift((0, 0))).chain(mnist_c()).collect(),
        }
    }
}

/// All shifts `(dx, dy)` of the map, from the centre outwards.
#[must_use]
pub fn shifts() -> Vec<(i32, i32)> {
    let reach = -SHIFT_REACH..=SHIFT_REACH;
    let mut shifts: Vec<(i32, i32)> = reach.clone().flat_map(|dy| reach.clone().map(move |dx| (dx, dy))).collect();
    shifts.sort_by_key(|(dx, dy)| dx * dx + dy * dy);
    shifts
}

fn shift((dx, dy): (i32, i32)) -> Corruption {
    Corruption::Shift { dx: f64::from(dx), dy: f64::from(dy) }
}

fn curves() -> Vec<Corruption> {
    let ways = |px: i32| [(px, 0), (-px, 0), (0, px), (0, -px)].map(shift);
    let turns = (1..=9).flat_map(|n| [n, -n]).map(|n| Corruption::Rotation { degrees: 5.0 * f64::from(n) });
    let scales = [0.9, 1.1, 0.8, 1.2, 0.7, 1.3, 0.6, 1.4, 0.5, 1.5].map(|factor| Corruption::Scale { factor });
    let widths = [0.5, -0.5, 1.0, -1.0, 1.5, -1.5, 2.0, -2.0].map(|px| Corruption::StrokeWidth { px });
    let noises = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map(|std_dev| Corruption::GaussianNoise { std_dev });
    let moves = std::iter::once(shift((0, 0))).chain((1..=SHIFT_REACH).flat_map(ways));
    moves.chain(turns).chain(scales).chain(widths).chain(noises).collect()
}

fn mnist_c() -> impl Iterator<Item = Corruption> {
    let of_kind = |kind: MnistC| kind.strengths().iter().map(move |&strength| Corruption::MnistC { kind, strength });
    let kinds = MnistC::ALL.into_iter().flat_map(of_kind);
    kinds.chain([Corruption::Inversion])
}

/// The counts so far, again and again until all changes are through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RobustnessAnswer {
    /// Images that each change is measured on.
    pub n_images: usize,
    /// Images recognised after each change that is done, in the list's order.
    pub n_right: Vec<u32>,
    /// Changed images that are done, and in all.
    pub progress: (usize, usize),
}

impl RobustnessAnswer {
    /// The share that is recognised after a change, by its place in the list; `None` while it is not done.
    #[must_use]
    pub fn accuracy(&self, place: usize) -> Option<f64> {
        self.n_right.get(place).map(|n_right| f64::from(*n_right) / self.n_images.max(1) as f64)
    }

    /// Whether all changes are done.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.progress.0 == self.progress.1
    }
}

impl Question for Robustness {
    type Answer = RobustnessAnswer;
}

impl Answer for RobustnessAnswer {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_grows_from_the_centre() {
        let shifts = shifts();
        assert_eq!((shifts.len(), shifts[0]), (289, (0, 0)));
        let distances: Vec<i32> = shifts.iter().map(|(dx, dy)| dx * dx + dy * dy).collect();
        assert!(distances.is_sorted() && distances[288] == 128);
    }

    #[test]
    fn no_change_is_measured_twice() {
        for list in [ChangeList::ShiftMap, ChangeList::Curves, ChangeList::MnistC] {
            let changes = list.changes();
            let is_new = |place: usize| !changes[..place].contains(&changes[place]);
            assert!((0..changes.len()).all(is_new), "{list:?}");
            assert_eq!(changes[0], shift((0, 0)), "the images as they are come first");
        }
        assert_eq!(ChangeList::MnistC.changes().len(), 1 + 6 * 5 + 3 + 1);
    }

    #[test]
    fn accuracies_are_those_of_changes_that_are_done() {
        let answer = RobustnessAnswer { n_images: 500, n_right: vec![485, 250], progress: (1_100, 144_500) };
        assert_eq!([0, 1, 2].map(|place| answer.accuracy(place)), [Some(0.97), Some(0.5), None]);
        assert!(!answer.is_complete());
    }
}
