//! The loss around the present weights, on a plane through them.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// What is the loss around the present weights?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlaneSurface {
    /// Places along a side, odd.
    pub n_cells: u8,
    /// How far the picture reaches from the present weights: 100 is once along a direction.
    pub reach_percent: u16,
    /// Which random directions.
    pub seed: u32,
    /// On the test points instead of the training points.
    pub is_test: bool,
    /// Along the first two principal components of the path instead of random directions.
    pub is_along_path: bool,
}

/// The losses so far, again and again until all are there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaneSurfaceAnswer {
    /// The loss at the present weights.
    pub centre_loss: f64,
    /// Points that the losses are of.
    pub n_points: usize,
    /// Weights of the network.
    pub n_weights: usize,
    /// The epochs that the places of the path are of; the last place is the present one.
    pub epochs: Vec<u32>,
    /// Places done, and in all; none in all where the path is too short to look along it.
    pub progress: (usize, usize),
    /// bulk: a and b of each place of the path; the losses row by row from the top, b at its largest, each row from the
    /// least a.
    #[serde(skip)]
    pub values: Vec<f32>,
}

impl PlaneSurface {
    /// How far the picture reaches.
    #[must_use]
    pub fn reach(&self) -> f32 {
        f32::from(self.reach_percent) / 100.0
    }

    /// Places along a side: an odd number, at most 101.
    #[must_use]
    pub fn side(&self) -> usize {
        usize::from(self.n_cells.clamp(3, 101) | 1)
    }

    /// Where a row or a column lies along its axis, from the least.
    #[must_use]
    pub fn along(&self, idx: usize) -> f32 {
        let middle = (self.side() / 2) as f32;
        (idx as f32 - middle) / middle * self.reach()
    }

    /// a and b of a cell, counted row by row from the top.
    #[must_use]
    pub fn place(&self, cell: usize) -> [f32; 2] {
        let side = self.side();
        [self.along(cell % side), -self.along(cell / side)]
    }
}

impl PlaneSurfaceAnswer {
    /// a and b of each place of the path.
    pub fn path(&self) -> impl Iterator<Item = [f32; 2]> {
        let (pairs, _) = self.values.get(..2 * self.epochs.len()).unwrap_or_default().as_chunks();
        pairs.iter().copied()
    }

    /// The losses that are there.
    #[must_use]
    pub fn losses(&self) -> &[f32] {
        self.values.get(2 * self.epochs.len()..).unwrap_or_default()
    }
}

impl Question for PlaneSurface {
    type Answer = PlaneSurfaceAnswer;
}

impl Answer for PlaneSurfaceAnswer {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        Some(&mut self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_go_from_the_left_upper_corner_around_the_middle() {
        let question = PlaneSurface { n_cells: 5, reach_percent: 50, seed: 1, is_test: false, is_along_path: false };
        assert_eq!([question.place(0), question.place(12), question.place(24)], [[-0.5, 0.5], [0.0, 0.0], [0.5, -0.5]]);
        assert_eq!(PlaneSurface { n_cells: 24, ..question }.side(), 25, "odd, so that the middle is a cell");
    }

    #[test]
    fn the_path_lies_before_the_losses() {
        let answer = PlaneSurfaceAnswer {
            centre_loss: 0.5,
            n_points: 1,
            n_weights: 3,
            epochs: vec![0, 1],
            progress: (1, 25),
            values: vec![-0.5, 0.25, 0.0, 0.0, 7.0],
        };
        assert_eq!(answer.path().collect::<Vec<_>>(), [[-0.5, 0.25], [0.0, 0.0]]);
        assert_eq!(answer.losses(), [7.0]);
    }
}
