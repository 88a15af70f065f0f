//! Many maps of one size as one picture: a gap of one cell between them.

use ndarray::Array2;

/// How maps are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tiling {
    /// `[height, width]` of each map.
    pub tile: [usize; 2],
    /// Maps.
    pub n: usize,
    /// Maps in a row, at least 1.
    pub columns: usize,
}

impl Tiling {
    /// `[height, width]` of the whole.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        let [height, width] = self.tile;
        let columns = self.columns.min(self.n.max(1));
        let rows = self.n.div_ceil(self.columns).max(1);
        [rows * (height + 1) - 1, columns * (width + 1) - 1]
    }

    /// `[row, column]` where a map begins.
    #[must_use]
    pub fn place(&self, tile_idx: usize) -> [usize; 2] {
        let [height, width] = self.tile;
        [tile_idx / self.columns * (height + 1), tile_idx % self.columns * (width + 1)]
    }

    /// Which map is there, and which `[row, column]` of it; `None` in the gaps and after the last map.
    #[must_use]
    pub fn locate(&self, [row, column]: [usize; 2]) -> Option<(usize, [usize; 2])> {
        let [height, width] = self.tile;
        let tile_idx = row / (height + 1) * self.columns + column / (width + 1);
        let cell = [row % (height + 1), column % (width + 1)];
        let is_inside = cell[0] < height && cell[1] < width && column / (width + 1) < self.columns;
        (is_inside && tile_idx < self.n).then_some((tile_idx, cell))
    }

    /// The whole as a picture, from the value at `[row, column]` of each map; gaps are not a number.
    #[must_use]
    pub fn values(&self, value: impl Fn(usize, [usize; 2]) -> f32) -> Array2<f32> {
        Array2::from_shape_fn(self.size(), |(row, column)| {
            self.locate([row, column]).map_or(f32::NAN, |(tile_idx, cell)| value(tile_idx, cell))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_side_by_side_with_gaps() {
        let tiling = Tiling { tile: [1, 2], n: 3, columns: 2 };
        assert_eq!(tiling.size(), [3, 5]);
        let values = tiling.values(|tile_idx, [_, column]| (10 * tile_idx + column) as f32);
        let shown: Vec<String> = values.iter().map(|value| value.to_string()).collect();
        let gap = "NaN";
        let expected = ["0", "1", gap, "10", "11", gap, gap, gap, gap, gap, "20", "21", gap, gap, gap];
        assert_eq!(shown, expected);
        assert_eq!((0..3).map(|tile_idx| tiling.place(tile_idx)).collect::<Vec<_>>(), [[0, 0], [0, 3], [2, 0]]);
        assert_eq!(tiling.locate([2, 1]), Some((2, [0, 1])));
        assert_eq!(tiling.locate([2, 3]), None, "after the last map");
        assert_eq!(tiling.locate([1, 0]), None, "in a gap");
    }

    #[test]
    fn few_maps_take_no_more_room_than_they_need() {
        assert_eq!(Tiling { tile: [5, 5], n: 3, columns: 8 }.size(), [5, 17]);
        assert_eq!(Tiling { tile: [26, 26], n: 32, columns: 8 }.size(), [107, 215]);
    }
}
