//! How arrow keys lead from one cell of a picture to the next.

/// Where the arrow key leads from a cell; `None` for other keys.
#[must_use]
pub fn moved(key: &str, [row, column]: [usize; 2], [height, width]: [usize; 2]) -> Option<[usize; 2]> {
    let (row, column) = match key {
        "ArrowUp" => (row.saturating_sub(1), column),
        "ArrowDown" => (row + 1, column),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "ArrowRight" => (row, column + 1),
        "Home" => (row, 0),
        "End" => (row, width),
        _ => return None,
    };
    Some([row.min(height.saturating_sub(1)), column.min(width.saturating_sub(1))])
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn arrows_stay_inside() {
        let size = [3, 4];
        assert_eq!(moved("ArrowUp", [0, 2], size), Some([0, 2]));
        assert_eq!(moved("ArrowDown", [2, 2], size), Some([2, 2]));
        assert_eq!(moved("ArrowRight", [1, 2], size), Some([1, 3]));
        assert_eq!(moved("End", [1, 0], size), Some([1, 3]));
        assert_eq!(moved("Tab", [1, 0], size), None);
    }
}
