//! What a network makes of the plane: its losses, its weights, and a map of every unit.

use super::{Answer, Question};
use inkling_engine::model::{LARGE_MAP_SIZE, SMALL_MAP_SIZE};
use serde::{Deserialize, Serialize};

/// What does the network make of the plane at present?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlaneView {
    /// Whether the maps are on the screen.
    pub has_maps: bool,
    /// Layer and unit of the map that is shown in full.
    pub enlarged: Option<(usize, usize)>,
}

/// Losses, weights and maps of the same moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaneViewAnswer {
    /// Epochs that are done.
    pub epoch: usize,
    /// On the training points.
    pub train: PlaneScore,
    /// On the test points, if there are any.
    pub test: Option<PlaneScore>,
    /// Weights in all.
    pub n_weights: usize,
    /// Those that an L1 penalty has set to 0 for good, by their place among all weights.
    pub dead: Vec<u32>,
    /// Dense layers but the last, with the number of their units.
    pub hidden: Vec<(usize, usize)>,
    /// Outputs; 0 where no maps were asked for.
    pub n_outputs: usize,
    /// bulk: all weights, layer by layer, kernel then bias; the small maps of the hidden units; the large ones of the
    /// outputs; the enlarged one.
    #[serde(skip)]
    pub values: Vec<f32>,
}

/// How well the network does on some points.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PlaneScore {
    /// Mean loss, with a penalty if the experiment has one.
    pub loss: f64,
    /// Share of points whose class is right, in `[0, 1]`.
    pub accuracy: f64,
}

/// How large a map is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MapSize {
    /// A hidden unit's.
    Small,
    /// The output's.
    Large,
}

impl MapSize {
    /// Cells along a side.
    #[must_use]
    pub fn side(self) -> usize {
        match self {
            MapSize::Small => SMALL_MAP_SIZE,
            MapSize::Large => LARGE_MAP_SIZE,
        }
    }

    fn n_cells(self) -> usize {
        self.side() * self.side()
    }
}

impl PlaneViewAnswer {
    /// All weights, layer by layer, kernel then bias.
    #[must_use]
    pub fn weights(&self) -> &[f32] {
        self.values.get(..self.n_weights).unwrap_or_default()
    }

    /// The map of a hidden unit; `None` if there is none.
    #[must_use]
    pub fn small_map(&self, layer_idx: usize, unit: usize) -> Option<&[f32]> {
        let place = self.hidden.iter().position(|(hidden_idx, n_units)| *hidden_idx == layer_idx && unit < *n_units)?;
        let before = self.hidden[..place].iter().map(|(_, n_units)| n_units).sum::<usize>() + unit;
        self.maps_from(self.n_weights, before, MapSize::Small)
    }

    /// The map of an output; `None` if there is none.
    #[must_use]
    pub fn output_map(&self, output: usize) -> Option<&[f32]> {
        if output < self.n_outputs { self.maps_from(self.large_start(), output, MapSize::Large) } else { None }
    }

    /// The map of the unit that was asked for in full; `None` if none was.
    #[must_use]
    pub fn enlarged_map(&self) -> Option<&[f32]> {
        self.maps_from(self.large_start(), self.n_outputs, MapSize::Large)
    }

    fn large_start(&self) -> usize {
        let n_hidden = self.hidden.iter().map(|(_, n_units)| n_units).sum::<usize>();
        self.n_weights + n_hidden * MapSize::Small.n_cells()
    }

    fn maps_from(&self, start: usize, n_before: usize, size: MapSize) -> Option<&[f32]> {
        self.values.get(start + n_before * size.n_cells()..)?.get(..size.n_cells())
    }
}

impl Question for PlaneView {
    type Answer = PlaneViewAnswer;
}

impl Answer for PlaneViewAnswer {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        Some(&mut self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_found_behind_the_weights() {
        let score = PlaneScore { loss: 0.5, accuracy: 1.0 };
        let (small, large) = (MapSize::Small.n_cells(), MapSize::Large.n_cells());
        let mut values = vec![9.0; 3];
        (0..3).for_each(|unit| values.extend(vec![unit as f32; small]));
        values.extend(vec![7.0; large]);
        let hidden = vec![(0, 2), (2, 1)];
        let mut answer = PlaneViewAnswer {
            epoch: 1,
            train: score,
            test: None,
            n_weights: 3,
            dead: vec![],
            hidden,
            n_outputs: 1,
            values,
        };
        assert_eq!(answer.weights(), [9.0; 3]);
        assert_eq!(answer.small_map(0, 1), Some(&vec![1.0; small][..]));
        assert_eq!(answer.small_map(2, 0), Some(&vec![2.0; small][..]));
        assert_eq!((answer.small_map(2, 1), answer.small_map(1, 0), answer.output_map(1)), (None, None, None));
        assert_eq!(answer.output_map(0), Some(&vec![7.0; large][..]));
        assert_eq!(answer.enlarged_map(), None);
        answer.values.extend(vec![5.0; large]);
        assert_eq!(answer.enlarged_map(), Some(&vec![5.0; large][..]));
    }
}
