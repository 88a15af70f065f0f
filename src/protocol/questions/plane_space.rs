//! Where a layer carries the plane: a grid of lines and the points, in the coordinates of two of its units.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// Lines of the grid each way.
pub const N_GRID_LINES: usize = 13;
/// Places along a line.
pub const N_LINE_PLACES: usize = 49;
/// Points that travel.
pub const MAX_SPACE_POINTS: usize = 500;

/// Where does that layer carry the plane?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlaneSpace {
    /// A Dense layer.
    pub layer_idx: usize,
    /// The units whose outputs are the coordinates.
    pub units: [usize; 2],
}

/// Places before and after the layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaneSpaceAnswer {
    /// The line that the next layer draws, if it has one unit.
    pub next: Option<NextLine>,
    /// bulk: the two coordinates of each place of the [grid](grid_places); then x₁, x₂, target and the two coordinates of
    /// each point.
    #[serde(skip)]
    pub values: Vec<f32>,
}

/// The line on which the next layer's weighted sum is 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NextLine {
    /// Weights of the two units; the second one is 0 where both are the same.
    pub weights: [f32; 2],
    /// What is added.
    pub bias: f32,
    /// Other units that the next layer sums, which the line leaves out.
    pub n_others: usize,
}

impl NextLine {
    /// What the two units and the bias add up to.
    #[must_use]
    pub fn sum(&self, [a, b]: [f32; 2]) -> f32 {
        self.weights[0] * a + self.weights[1] * b + self.bias
    }
}

/// A point before and after.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpacePoint {
    /// x₁ and x₂.
    pub before: [f32; 2],
    /// As of the experiment's points.
    pub target: f32,
    /// What the two units give.
    pub after: [f32; 2],
}

impl PlaneSpaceAnswer {
    /// Where each place of the grid comes to lie.
    pub fn grid(&self) -> impl Iterator<Item = [f32; 2]> + '_ {
        let places = self.values.get(..N_PLACES * 2).unwrap_or_default();
        places.chunks_exact(2).map(|place| [place[0], place[1]])
    }

    /// The points.
    pub fn points(&self) -> impl Iterator<Item = SpacePoint> + '_ {
        let points = self.values.get(N_PLACES * 2..).unwrap_or_default();
        points.chunks_exact(5).map(|point| SpacePoint {
            before: [point[0], point[1]],
            target: point[2],
            after: [point[3], point[4]],
        })
    }
}

const N_PLACES: usize = 2 * N_GRID_LINES * N_LINE_PLACES;

/// The places of the grid in `[-1, 1]²`, line after line: those upright, from the left; then those level, from below.
pub fn grid_places() -> impl Iterator<Item = [f64; 2]> {
    let share = |idx: usize, n: usize| 2.0 * idx as f64 / (n - 1) as f64 - 1.0;
    [false, true].into_iter().flat_map(move |is_level| {
        (0..N_GRID_LINES).flat_map(move |line| {
            (0..N_LINE_PLACES).map(move |place| {
                let [across, along] = [share(line, N_GRID_LINES), share(place, N_LINE_PLACES)];
                if is_level { [along, across] } else { [across, along] }
            })
        })
    })
}

impl Question for PlaneSpace {
    type Answer = PlaneSpaceAnswer;
}

impl Answer for PlaneSpaceAnswer {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        Some(&mut self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_found_behind_the_grid() {
        let mut values: Vec<f32> = grid_places().flatten().map(|x| x as f32).collect();
        values.extend([1.0, 2.0, -1.0, 0.5, 0.25]);
        let answer = PlaneSpaceAnswer { next: None, values };
        assert_eq!(answer.grid().count(), N_PLACES);
        assert_eq!((answer.grid().next(), answer.grid().last()), (Some([-1.0, -1.0]), Some([1.0, 1.0])));
        let points: Vec<SpacePoint> = answer.points().collect();
        assert_eq!(points, [SpacePoint { before: [1.0, 2.0], target: -1.0, after: [0.5, 0.25] }]);
    }
}
