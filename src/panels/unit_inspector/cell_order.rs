//! The order in which the cells of a map are visited.

use inkling_engine::experiment::Shape;
use inkling_engine::explain::CellIndex;

/// The cell that a layer is opened at: the middle of the first map, the first unit.
#[must_use]
pub fn middle(shape: Shape) -> CellIndex {
    let [height, width, _] = shape.dims();
    CellIndex { row: height / 2, column: width / 2, channel: 0 }
}

/// The next cell of a map, row by row; `None` after the last.
#[must_use]
pub fn next_in_map(cell: CellIndex, shape: Shape) -> Option<CellIndex> {
    let [height, width, _] = shape.dims();
    if cell.column + 1 < width {
        Some(CellIndex { column: cell.column + 1, ..cell })
    } else if cell.row + 1 < height {
        Some(CellIndex { row: cell.row + 1, column: 0, ..cell })
    } else {
        None
    }
}

/// The cell before it, row by row; `None` before the first.
#[must_use]
pub fn last_in_map(cell: CellIndex, shape: Shape) -> Option<CellIndex> {
    let [_, width, _] = shape.dims();
    if cell.column > 0 {
        Some(CellIndex { column: cell.column - 1, ..cell })
    } else if cell.row > 0 {
        Some(CellIndex { row: cell.row - 1, column: width.saturating_sub(1), ..cell })
    } else {
        None
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
    fn slow_motion_visits_every_cell_of_a_map_once() {
        let mut cells = vec![cell(0, 0, 2)];
        while let Some(next) = cells.last().and_then(|last| next_in_map(*last, MAPS)) {
            assert_eq!(last_in_map(next, MAPS), cells.last().copied());
            cells.push(next);
        }
        assert_eq!(cells.len(), 6);
        assert_eq!(cells.last(), Some(&cell(2, 1, 2)));
        assert_eq!(last_in_map(cell(0, 0, 2), MAPS), None);
        let one = Shape::Image { height: 1, width: 1, channels: 512 };
        assert_eq!(next_in_map(cell(0, 0, 511), one), None);
    }
}
