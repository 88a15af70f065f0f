//! A brush that sets weights: which cells a stroke covers, and what it leaves there.

use super::weight_grid::WeightGrid;
use std::collections::BTreeMap;

/// What the brush leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ink {
    /// Weights that speak for.
    #[default]
    Positive,
    /// Weights that speak against.
    Negative,
    /// No weight.
    Zero,
}

impl Ink {
    /// All, in the order of the switch.
    pub const ALL: [Ink; 3] = [Ink::Positive, Ink::Negative, Ink::Zero];

    /// Its word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Ink::Positive => "positive",
            Ink::Negative => "negative",
            Ink::Zero => "zero",
        }
    }

    /// The key that chooses it.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Ink> {
        match key {
            "+" => Some(Ink::Positive),
            "-" | "−" => Some(Ink::Negative),
            "0" => Some(Ink::Zero),
            _ => None,
        }
    }
}

/// A brush.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Brush {
    /// What it leaves.
    pub ink: Ink,
    /// Size of the weight that it leaves, above 0.
    pub strength: f32,
    /// Cells across: 1, 3 or 5.
    pub width: usize,
}

impl Brush {
    /// The weight that it leaves.
    #[must_use]
    pub fn value(self) -> f32 {
        match self.ink {
            Ink::Positive => self.strength,
            Ink::Negative => -self.strength,
            Ink::Zero => 0.0,
        }
    }
}

/// The weights that a stroke has set so far, by their row in the kernel.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stroke {
    weights: BTreeMap<usize, f32>,
    last: Option<[usize; 2]>,
}

impl Stroke {
    /// Goes on to a cell, in a straight line from the last one; `true` if that has set a weight.
    pub fn go_to(&mut self, cell: [usize; 2], brush: Brush, plate: WeightGrid) -> bool {
        let line = line(self.last.unwrap_or(cell), cell);
        self.last = Some(cell);
        let rows: Vec<usize> =
            line.into_iter().flat_map(|cell| around(cell, brush.width)).filter_map(|cell| plate.row_of(cell)).collect();
        let mut has_set = false;
        for row in rows {
            has_set |= self.weights.insert(row, brush.value()) != Some(brush.value());
        }
        has_set
    }

    /// Row and new value of each weight, in order of the rows.
    #[must_use]
    pub fn weights(&self) -> Vec<(usize, f32)> {
        self.weights.iter().map(|(row, value)| (*row, *value)).collect()
    }
}

/// The cells of a square around `cell`; those left of or above the picture are left out.
fn around([row, column]: [usize; 2], width: usize) -> impl Iterator<Item = [usize; 2]> {
    let reach = width / 2;
    (row.saturating_sub(reach)..=row + reach)
        .flat_map(move |row| (column.saturating_sub(reach)..=column + reach).map(move |column| [row, column]))
}

/// The cells of a straight line, both ends included.
fn line(from: [usize; 2], to: [usize; 2]) -> Vec<[usize; 2]> {
    let n_steps = from[0].abs_diff(to[0]).max(from[1].abs_diff(to[1]));
    let along = |axis: usize, step: usize| {
        let (start, end) = (from[axis] as f64, to[axis] as f64);
        (start + (end - start) * step as f64 / n_steps.max(1) as f64).round() as usize
    };
    (0..=n_steps).map(|step| [along(0, step), along(1, step)]).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::components::layers::layers_with_weights;
    use crate::protocol::Workload;

    fn plate() -> WeightGrid {
        WeightGrid::of(
            &layers_with_weights(Workload::WideMlpTraining.experiment().unwrap().check().unwrap().layers())[0],
        )
        .unwrap()
    }

    #[test]
    fn lines_have_no_holes() {
        assert_eq!(line([2, 3], [2, 3]), [[2, 3]]);
        assert_eq!(line([0, 0], [2, 4]), [[0, 0], [1, 1], [1, 2], [2, 3], [2, 4]]);
        let steep = line([9, 1], [0, 4]);
        assert_eq!((steep.len(), steep[0], steep[9]), (10, [9, 1], [0, 4]));
    }

    #[test]
    fn a_quick_stroke_covers_the_cells_between_two_events() {
        let brush = Brush { ink: Ink::Negative, strength: 0.5, width: 1 };
        let mut stroke = Stroke::default();
        assert!(stroke.go_to([3, 0], brush, plate()));
        assert!(!stroke.go_to([3, 0], brush, plate()), "nothing new");
        assert!(stroke.go_to([3, 4], brush, plate()));
        let expected: Vec<(usize, f32)> = (84..89).map(|row| (row, -0.5)).collect();
        assert_eq!(stroke.weights(), expected);
    }

    #[test]
    fn a_broad_brush_stays_on_the_picture() {
        let brush = Brush { ink: Ink::Zero, strength: 0.5, width: 3 };
        let mut stroke = Stroke::default();
        stroke.go_to([0, 27], brush, plate());
        assert_eq!(stroke.weights(), [(26, 0.0), (27, 0.0), (54, 0.0), (55, 0.0)]);
    }

    #[test]
    fn keys_choose_the_ink() {
        assert_eq!(
            ["+", "-", "0", "x"].map(Ink::of_key),
            [Some(Ink::Positive), Some(Ink::Negative), Some(Ink::Zero), None]
        );
    }
}
