//! Rectangles of an image, and which rectangle of its input a layer's output looks at.

use super::{CellIndex, ReceptiveField};
use crate::experiment::Shape;
use serde::{Deserialize, Serialize};

/// Rows `top..bottom`, columns `left..right`; may reach over the border, where there is padding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// First row.
    pub top: i32,
    /// First column.
    pub left: i32,
    /// Row after the last.
    pub bottom: i32,
    /// Column after the last.
    pub right: i32,
}

impl Region {
    /// One cell.
    pub(crate) fn cell(row: usize, column: usize) -> Self {
        let (top, left) = (row as i32, column as i32);
        Region { top, left, bottom: top + 1, right: left + 1 }
    }

    /// A whole image.
    pub(crate) fn whole(height: usize, width: usize) -> Self {
        Region { top: 0, left: 0, bottom: height as i32, right: width as i32 }
    }

    /// The part that lies in an image.
    pub(crate) fn clip(self, height: usize, width: usize) -> Self {
        Region {
            top: self.top.max(0),
            left: self.left.max(0),
            bottom: self.bottom.min(height as i32),
            right: self.right.min(width as i32),
        }
    }

    /// Its cells in row-major order, each as `(row, column)`.
    pub(crate) fn cells(self) -> impl Iterator<Item = (i32, i32)> {
        (self.top..self.bottom).flat_map(move |row| (self.left..self.right).map(move |column| (row, column)))
    }
}

/// How the cells of a Conv2D or pooling layer look at its input, `[down, across]`: output row `r` sees the input rows
/// from `r · strides[0] − before[0]` on, `size[0]` of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Windows {
    /// `[height, width]` of a window.
    pub size: [usize; 2],
    /// `[down, across]` from window to window.
    pub strides: [usize; 2],
    /// `[top, left]` zeros before the input.
    pub before: [usize; 2],
}

impl Windows {
    /// What one cell sees, padding included.
    pub(crate) fn of_cell(&self, cell: CellIndex) -> Region {
        self.input_region(Region::cell(cell.row, cell.column))
    }

    /// What a part of the output sees of an input of that shape, in all channels.
    pub(crate) fn input_field(&self, input: Shape, output: ReceptiveField) -> ReceptiveField {
        let [height, width, _] = input.dims();
        ReceptiveField {
            clipped: self.input_region(output.clipped).clip(height, width),
            unclipped: self.input_region(output.unclipped),
            channel: None,
        }
    }

    /// The smallest rectangle of the input, padding included, that an output's rectangle sees. Saturates at the
    /// limits of `i32`.
    fn input_region(&self, output: Region) -> Region {
        let first = |axis: usize, start: i32| {
            start.saturating_mul(self.strides[axis] as i32).saturating_sub(self.before[axis] as i32)
        };
        let after_last =
            |axis: usize, end: i32| first(axis, end.saturating_sub(1)).saturating_add(self.size[axis] as i32);
        Region {
            top: first(0, output.top),
            left: first(1, output.left),
            bottom: after_last(0, output.bottom),
            right: after_last(1, output.right),
        }
    }
}
