//! Kernels side by side on one canvas: where each lies, where its cells lie, and what is written into them.
//!
//! Lengths are in CSS pixels. A canvas, because hundreds of kernels as elements would take the browser longer to lay out
//! than a frame lasts.

use crate::components::pictures::moved;

/// Width of a kernel where there is room and its numbers need no more.
const SIDE_PX: f64 = 84.0;
/// Between kernels, to the right and below the caption.
const GAP_PX: [f64; 2] = [10.0, 8.0];
/// Height of the line below a kernel that names it.
const CAPTION_PX: f64 = 15.0;
/// Kernels in a row, as in the lesson; half as many where there is less room than this.
const COLUMNS: usize = 8;
const NARROW_PX: f64 = 480.0;

/// Kernels with more weights than this get no more room for their numbers.
const MAX_WRITTEN: usize = 49;
/// Letters where there is room, and the smallest that can be read.
const LETTERS_PX: [f64; 2] = [10.0, 6.5];
/// Width of `−0.3` in letters of size 1, in a wide font and with some room beside it.
const WRITTEN_WIDTH: f64 = 2.6;

/// Kernels of one size, row by row. Each is a square, whatever its cells are then.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KernelSheet {
    /// Kernels.
    pub n: usize,
    /// `[height, width]` of each, in cells.
    pub kernel: [usize; 2],
    /// Kernels in a row.
    pub columns: usize,
    /// Width and height of each; whole, so that letters stay crisp.
    pub side_px: f64,
}

/// What can be pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// A kernel as a whole.
    Kernel(usize),
    /// One of its cells, `[row, column]`.
    Cell(usize, [usize; 2]),
}

impl KernelSheet {
    /// As many kernels as fit into that width, eight a row; `None` if there is no room at all.
    #[must_use]
    pub fn within(room_px: f64, n: usize, kernel: [usize; 2]) -> Option<KernelSheet> {
        let columns = if room_px < NARROW_PX { COLUMNS / 2 } else { COLUMNS };
        let [height, width] = kernel;
        let roomy_px = if height * width <= MAX_WRITTEN { LETTERS_PX[0] * WRITTEN_WIDTH * width as f64 } else { 0.0 };
        let fitting_px = (room_px - GAP_PX[0] * (columns - 1) as f64) / columns as f64;
        let side_px = fitting_px.min(roomy_px.max(SIDE_PX)).floor();
        (side_px >= 1.0 && n > 0).then_some(KernelSheet { n, kernel, columns, side_px })
    }

    /// Rows of kernels.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.n.div_ceil(self.columns)
    }

    /// Width and height of the whole.
    #[must_use]
    pub fn size_px(&self) -> [f64; 2] {
        let [columns, rows] = [self.columns.min(self.n), self.n_rows()].map(|n| n as f64);
        let [x, y] = self.pitch_px();
        [columns * x - GAP_PX[0], rows * y]
    }

    /// Height of a row with its captions and the gap below.
    #[must_use]
    pub fn row_px(&self) -> f64 {
        self.pitch_px()[1]
    }

    /// Left and top of a kernel.
    #[must_use]
    pub fn corner_px(&self, kernel_idx: usize) -> [f64; 2] {
        let [x, y] = self.pitch_px();
        [(kernel_idx % self.columns) as f64 * x, (kernel_idx / self.columns) as f64 * y]
    }

    /// Left, top, width and height of a cell within its kernel. Cells leave no gap between them.
    #[must_use]
    pub fn cell_px(&self, [row, column]: [usize; 2], ratio: f64) -> [f64; 4] {
        let side = (self.side_px * ratio).round();
        let edge = |idx: usize, n: usize| (side * idx as f64 / n as f64).round();
        let [height, width] = self.kernel;
        let [left, top] = [edge(column, width), edge(row, height)];
        [left, top, edge(column + 1, width) - left, edge(row + 1, height) - top]
    }

    /// The cell at that place of the canvas; `None` between kernels.
    #[must_use]
    pub fn locate(&self, [x, y]: [f64; 2]) -> Option<Spot> {
        if x < 0.0 || y < 0.0 {
            return None;
        }
        let pitch = self.pitch_px();
        let [column, row] = [(x / pitch[0]) as usize, (y / pitch[1]) as usize];
        let within = [x - column as f64 * pitch[0], y - row as f64 * pitch[1]];
        let kernel_idx = row * self.columns + column;
        let is_inside = column < self.columns && kernel_idx < self.n && within.iter().all(|px| *px < self.side_px);
        let [height, width] = self.kernel;
        let cell = |px: f64, n: usize| ((px / self.side_px * n as f64) as usize).min(n - 1);
        is_inside.then(|| Spot::Cell(kernel_idx, [cell(within[1], height), cell(within[0], width)]))
    }

    /// The size of letters that fit into the cells; `None` where they could not be read.
    #[must_use]
    pub fn letters_px(&self) -> Option<f64> {
        let [height, width] = self.kernel.map(|n| self.side_px / n as f64);
        let fitting_px = (width / WRITTEN_WIDTH).min(height).min(LETTERS_PX[0]);
        (fitting_px >= LETTERS_PX[1]).then_some(fitting_px)
    }

    /// Where a key leads from a spot, or from none: arrows go from kernel to kernel, Enter reads cells, arrows go from
    /// cell to cell, Escape goes back. `None` if the key says nothing.
    #[must_use]
    pub fn reached_by(&self, key: &str, from: Option<Spot>) -> Option<Option<Spot>> {
        let rows = self.n_rows();
        match (key, from) {
            ("Escape", Some(Spot::Cell(kernel_idx, _))) => Some(Some(Spot::Kernel(kernel_idx))),
            ("Escape", Some(Spot::Kernel(_))) => Some(None),
            ("Enter" | " ", Some(Spot::Kernel(kernel_idx))) => Some(Some(Spot::Cell(kernel_idx, [0, 0]))),
            ("Enter" | " ", Some(Spot::Cell(..))) => Some(from),
            ("Enter" | " ", None) => Some(Some(Spot::Kernel(0))),
            (key, None) => moved(key, [0, 0], [1, 1]).map(|_| Some(Spot::Kernel(0))),
            (key, Some(Spot::Cell(kernel_idx, cell))) => {
                moved(key, cell, self.kernel).map(|cell| Some(Spot::Cell(kernel_idx, cell)))
            }
            (key, Some(Spot::Kernel(kernel_idx))) => {
                let here = [kernel_idx / self.columns, kernel_idx % self.columns];
                let [row, column] = moved(key, here, [rows, self.columns])?;
                Some(Some(Spot::Kernel((row * self.columns + column).min(self.n - 1))))
            }
        }
    }

    fn pitch_px(&self) -> [f64; 2] {
        [self.side_px + GAP_PX[0], self.side_px + CAPTION_PX + GAP_PX[1]]
    }
}

/// `0.3`, `−1.2`, `0.0` without a sign.
#[must_use]
pub fn one_decimal(value: f32) -> String {
    let written = format!("{:.1}", value.abs());
    let is_negative = value < 0.0 && written != "0.0";
    if is_negative { format!("−{written}") } else { written }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;

    fn sheet(room_px: f64, n: usize, kernel: [usize; 2]) -> KernelSheet {
        KernelSheet::within(room_px, n, kernel).unwrap()
    }

    #[test]
    fn weights_are_written_to_one_decimal() {
        assert_eq!([0.04, -0.04, 0.25, -1.26, 12.0].map(one_decimal), ["0.0", "0.0", "0.2", "−1.3", "12.0"]);
        assert_eq!(one_decimal(f32::NAN), "NaN");
    }

    #[test]
    fn eight_kernels_stand_in_a_row_or_four_where_it_is_narrow() {
        let wide = sheet(1_000.0, 32, [3, 3]);
        assert_eq!((wide.columns, wide.side_px, wide.size_px()), (8, 84.0, [742.0, 4.0 * 107.0]));
        assert_eq!(wide.corner_px(9), [94.0, 107.0]);
        let narrow = sheet(334.0, 32, [3, 3]);
        assert_eq!((narrow.columns, narrow.side_px), (4, 76.0));
        assert_eq!(sheet(1_000.0, 3, [3, 3]).size_px()[0], 3.0 * 94.0 - 10.0, "no wider than its kernels");
        assert_eq!(KernelSheet::within(0.0, 32, [3, 3]), None);
    }

    #[test]
    fn letters_are_as_large_as_cells_let_them_or_left_out() {
        let letters_px = |room_px, kernel| sheet(room_px, 8, kernel).letters_px();
        assert_eq!(letters_px(1_000.0, [3, 3]), Some(10.0));
        assert_eq!(letters_px(1_400.0, [5, 5]), Some(10.0), "larger kernels get more room");
        assert_eq!(letters_px(910.0, [5, 5]), Some(105.0 / 5.0 / 2.6));
        assert_eq!(letters_px(910.0, [7, 7]), None);
        assert_eq!(letters_px(1_000.0, [28, 28]), None);
        assert_eq!(letters_px(1_000.0, [40, 1]), None, "flat cells");
    }

    #[test]
    fn cells_fill_their_kernel_whatever_its_size() {
        let sheet = sheet(638.0, 8, [3, 3]);
        assert_eq!(sheet.side_px, 71.0);
        let diagonal = [0, 1, 2].map(|idx| sheet.cell_px([idx, idx], 1.0));
        assert_eq!(diagonal, [[0.0, 0.0, 24.0, 24.0], [24.0, 24.0, 23.0, 23.0], [47.0, 47.0, 24.0, 24.0]]);
    }

    #[test]
    fn a_place_is_a_cell_or_nothing() {
        let sheet = sheet(1_000.0, 10, [3, 3]);
        assert_eq!(sheet.locate([83.0, 30.0]), Some(Spot::Cell(0, [1, 2])));
        assert_eq!(sheet.locate([95.0, 108.0]), Some(Spot::Cell(9, [0, 0])));
        assert_eq!(sheet.locate([88.0, 30.0]), None, "between two kernels");
        assert_eq!(sheet.locate([20.0, 90.0]), None, "on a caption");
        assert_eq!(sheet.locate([200.0, 120.0]), None, "behind the last");
    }

    #[test]
    fn keys_lead_from_kernel_to_kernel_and_into_their_cells() {
        let sheet = sheet(1_000.0, 10, [3, 3]);
        let walk = |keys: &[&str]| keys.iter().fold(None, |spot, key| sheet.reached_by(key, spot).unwrap());
        assert_eq!(walk(&["ArrowRight"]), Some(Spot::Kernel(0)));
        assert_eq!(walk(&["Enter", "ArrowRight", "ArrowDown"]), Some(Spot::Kernel(9)));
        assert_eq!(walk(&["Enter", "ArrowDown", "End"]), Some(Spot::Kernel(9)), "the last");
        assert_eq!(walk(&["Enter", "Enter", "ArrowDown", "End"]), Some(Spot::Cell(0, [1, 2])));
        assert_eq!(walk(&["Enter", "Enter", "Escape"]), Some(Spot::Kernel(0)));
        assert_eq!(walk(&["Enter", "Escape"]), None);
        assert_eq!(sheet.reached_by("Tab", None), None);
        assert_eq!(sheet.reached_by("a", Some(Spot::Kernel(2))), None);
    }
}
