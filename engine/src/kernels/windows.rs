//! Where the windows of a max pool lie in the output of a convolution.

use super::Conv2DGeometry;

/// The windows in row-major order, each with its cells in row-major order. Cells that fill no window are in none.
#[derive(Debug, Clone)]
pub struct Windows {
    n_cells: usize,
    /// Positions in the output, window by window.
    positions: Vec<usize>,
}

impl Windows {
    /// The windows of `pool_size` `[height, width]`, which must not be 0, with strides of the same size.
    pub fn new(geometry: &Conv2DGeometry, pool_size: [usize; 2]) -> Self {
        let [pooled_h, pooled_w, _] = geometry.pooled(pool_size);
        let [_, out_w, _] = geometry.output();
        let [pool_h, pool_w] = pool_size;
        let corners = (0..pooled_h * pooled_w).map(|i| i / pooled_w * pool_h * out_w + i % pooled_w * pool_w);
        let n_cells = pool_h * pool_w;
        let cells = |corner: usize| (0..n_cells).map(move |cell| corner + cell / pool_w * out_w + cell % pool_w);
        Windows { n_cells, positions: corners.flat_map(cells).collect() }
    }

    /// Cells of a window.
    pub fn n_cells(&self) -> usize {
        self.n_cells
    }

    /// How many windows there are.
    pub fn n_windows(&self) -> usize {
        self.positions.len() / self.n_cells
    }

    /// The positions of all cells, window by window.
    pub fn positions(&self) -> &[usize] {
        &self.positions
    }

    /// The positions of each window's cells.
    pub fn iter(&self) -> impl Iterator<Item = &[usize]> {
        self.positions.chunks_exact(self.n_cells)
    }
}
