//! Drawing by keyboard: a cursor that walks over the 28×28 grid.

use super::{InkPoint, SIDE};

/// A cell of the grid, and whether the pen is down on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridCursor {
    /// From the top, in `0..28`.
    pub row: usize,
    /// From the left, in `0..28`.
    pub column: usize,
    /// Whether moving draws.
    pub is_pen_down: bool,
}

/// One step of the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Towards the top.
    Up,
    /// Towards the bottom.
    Down,
    /// To the left.
    Left,
    /// To the right.
    Right,
}

impl Default for GridCursor {
    /// Where a digit is begun: near the top, in the middle.
    fn default() -> GridCursor {
        GridCursor { row: 6, column: 13, is_pen_down: false }
    }
}

impl GridCursor {
    /// Moves by `n_cells`, but not beyond the grid; `false` if it is at the edge already.
    pub fn step(&mut self, step: Step, n_cells: usize) -> bool {
        let (row, column) = (self.row, self.column);
        match step {
            Step::Up => self.row = row.saturating_sub(n_cells),
            Step::Down => self.row = (row + n_cells).min(SIDE - 1),
            Step::Left => self.column = column.saturating_sub(n_cells),
            Step::Right => self.column = (column + n_cells).min(SIDE - 1),
        }
        (row, column) != (self.row, self.column)
    }

    /// The middle of its cell on the pad.
    #[must_use]
    pub fn point(&self) -> InkPoint {
        let along = |idx: usize| (idx as f32 + 0.5) / SIDE as f32;
        InkPoint::new(along(self.column), along(self.row))
    }

    /// What a screen reader says of it.
    #[must_use]
    pub fn describe(&self) -> String {
        let pen = if self.is_pen_down { "pen down" } else { "pen up" };
        format!("row {}, column {}, {pen}", self.row, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_on_the_grid() {
        let mut cursor = GridCursor::default();
        assert!(cursor.step(Step::Up, 100));
        assert!(!cursor.step(Step::Up, 1));
        assert!(cursor.step(Step::Right, 100));
        assert_eq!((cursor.row, cursor.column), (0, 27));
        assert_eq!(cursor.describe(), "row 0, column 27, pen up");
    }

    #[test]
    fn its_point_is_the_middle_of_the_cell() {
        let point = GridCursor { row: 0, column: 13, is_pen_down: true }.point();
        assert_eq!((point.x, point.y), (13.5 / 28.0, 0.5 / 28.0));
    }
}
