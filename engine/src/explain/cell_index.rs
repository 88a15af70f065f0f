//! The place of a number in a layer's output, and in memory.

use super::ExplainError;
use crate::experiment::Shape;
use serde::{Deserialize, Serialize};

/// One number of a layer's output. A vector of `n` counts as an image of `1 × 1 × n`: its units are channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CellIndex {
    /// From the top; 0 in a vector.
    pub row: usize,
    /// From the left; 0 in a vector.
    pub column: usize,
    /// Map, or unit of a vector.
    pub channel: usize,
}

impl CellIndex {
    /// The unit of a vector.
    #[must_use]
    pub fn unit(unit: usize) -> Self {
        CellIndex { row: 0, column: 0, channel: unit }
    }

    /// The cell at a place in memory: the inverse of [`to_flat`](Self::to_flat), and so the origin of a number
    /// after a Flatten.
    ///
    /// # Errors
    /// If the shape has no such place.
    pub fn from_flat(flat_idx: usize, shape: Shape) -> Result<Self, ExplainError> {
        ExplainError::check_index("flat index", flat_idx, shape.size())?;
        let [_, width, channels] = shape.dims();
        let position = flat_idx / channels;
        Ok(CellIndex { row: position / width, column: position % width, channel: flat_idx % channels })
    }

    /// `(row · width + column) · channels + channel`: the place in memory, which Flatten keeps.
    ///
    /// # Errors
    /// If the cell is outside the shape.
    pub fn to_flat(self, shape: Shape) -> Result<usize, ExplainError> {
        let [height, width, channels] = shape.dims();
        ExplainError::check_index("row", self.row, height)?;
        ExplainError::check_index("column", self.column, width)?;
        ExplainError::check_index("channel", self.channel, channels)?;
        Ok((self.row * width + self.column) * channels + self.channel)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn last_cell_of_the_lessons_flatten() {
        let shape = Shape::Image { height: 5, width: 5, channels: 64 };
        assert_eq!(CellIndex::from_flat(1599, shape).unwrap(), CellIndex { row: 4, column: 4, channel: 63 });
        assert_eq!(CellIndex::from_flat(64, shape).unwrap(), CellIndex { row: 0, column: 1, channel: 0 });
    }

    #[test]
    fn outside_is_an_error_that_says_where() {
        let shape = Shape::Image { height: 5, width: 4, channels: 3 };
        let error = CellIndex { row: 2, column: 4, channel: 0 }.to_flat(shape).unwrap_err();
        assert_eq!(error.to_string(), "column: expected an index below 4, got 4");
        let error = CellIndex::from_flat(60, shape).unwrap_err();
        assert_eq!(error.to_string(), "flat index: expected an index below 60, got 60");
        assert!(CellIndex { row: 1, column: 0, channel: 0 }.to_flat(Shape::Vector(9)).is_err());
    }

    proptest! {
        #[test]
        fn flat_index_and_cell_are_inverse(height in 1..9_usize, width in 1..9_usize, channels in 1..9_usize) {
            let shape = Shape::Image { height, width, channels };
            let mut flat_idx = 0;
            for row in 0..height {
                for column in 0..width {
                    for channel in 0..channels {
                        let cell = CellIndex { row, column, channel };
                        prop_assert_eq!(cell.to_flat(shape).unwrap(), flat_idx);
                        prop_assert_eq!(CellIndex::from_flat(flat_idx, shape).unwrap(), cell);
                        flat_idx += 1;
                    }
                }
            }
        }
    }
}
