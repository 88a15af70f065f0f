//! Steps from one number of a layer's output to its neighbour.

use inkling_engine::experiment::Shape;
use inkling_engine::explain::CellIndex;

/// A step to a neighbouring cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellStep {
    /// One row up (-1) or down (1).
    Down(isize),
    /// One column to the left (-1) or right (1).
    Right(isize),
    /// One map back (-1) or on (1).
    Channel(isize),
}

impl CellStep {
    /// The step that a key stands for.
    #[must_use]
    pub fn of_key(key: &str) -> Option<CellStep> {
        Some(match key {
            "ArrowUp" => CellStep::Down(-1),
            "ArrowDown" => CellStep::Down(1),
            "ArrowLeft" => CellStep::Right(-1),
            "ArrowRight" => CellStep::Right(1),
            "PageUp" | "[" => CellStep::Channel(-1),
            "PageDown" | "]" => CellStep::Channel(1),
            _ => return None,
        })
    }

    /// The cell that the step leads to; at the border it stays. In a vector every step goes along the units.
    #[must_use]
    pub fn from(self, cell: CellIndex, shape: Shape) -> CellIndex {
        let [height, width, channels] = shape.dims();
        let stepped = |idx: usize, by: isize, n: usize| idx.saturating_add_signed(by).min(n.saturating_sub(1));
        match self {
            CellStep::Down(by) | CellStep::Right(by) if height * width == 1 => {
                CellIndex { channel: stepped(cell.channel, by, channels), ..cell }
            }
            CellStep::Down(by) => CellIndex { row: stepped(cell.row, by, height), ..cell },
            CellStep::Right(by) => CellIndex { column: stepped(cell.column, by, width), ..cell },
            CellStep::Channel(by) => CellIndex { channel: stepped(cell.channel, by, channels), ..cell },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAPS: Shape = Shape::Image { height: 3, width: 2, channels: 4 };

    fn cell(row: usize, column: usize, channel: usize) -> CellIndex {
        CellIndex { row, column, channel }
    }

    #[test]
    fn keys_lead_to_neighbours_and_stay_inside() {
        let step = |key| CellStep::of_key(key).map(|step| step.from(cell(0, 1, 3), MAPS));
        assert_eq!(step("ArrowUp"), Some(cell(0, 1, 3)));
        assert_eq!(step("ArrowDown"), Some(cell(1, 1, 3)));
        assert_eq!(step("ArrowLeft"), Some(cell(0, 0, 3)));
        assert_eq!(step("ArrowRight"), Some(cell(0, 1, 3)));
        assert_eq!(step("["), Some(cell(0, 1, 2)));
        assert_eq!(step("PageDown"), Some(cell(0, 1, 3)));
        assert_eq!(step("a"), None);
        assert_eq!(CellStep::Down(1).from(CellIndex::unit(9), Shape::Vector(10)), CellIndex::unit(9));
        assert_eq!(CellStep::Right(1).from(CellIndex::unit(3), Shape::Vector(10)), CellIndex::unit(4));
    }
}
