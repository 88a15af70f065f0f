//! Matrix products `left · right + bias` with a packed right side: all of Dense but its sparse variants.
#![allow(unsafe_code)] // Calls the micro-kernel, which reads by pointer.

use super::tile::{self, PANEL, ROWS, Segments};

/// The left side, read in place: row `i` begins at `i · row_stride` and consists of `segments`.
#[derive(Debug, Clone, Copy)]
pub struct Left<'a> {
    /// All numbers.
    pub data: &'a [f32],
    /// Rows.
    pub n_rows: usize,
    /// Distance from one row's start to the next.
    pub row_stride: usize,
    /// The parts of a row.
    pub segments: Segments,
}

impl<'a> Left<'a> {
    /// A row-major `[n_rows, depth]` matrix.
    pub fn matrix(data: &'a [f32], depth: usize) -> Self {
        let segments = Segments { count: 1, len: depth, stride: 0 };
        Left { data, n_rows: data.len() / depth, row_stride: depth, segments }
    }

    /// The transpose of a row-major `[depth, n_rows]` matrix.
    pub fn transposed(data: &'a [f32], n_rows: usize) -> Self {
        let segments = Segments { count: data.len() / n_rows, len: 1, stride: n_rows };
        Left { data, n_rows, row_stride: 1, segments }
    }

    /// Index behind the last number that is read.
    fn end(&self) -> usize {
        let Segments { count, len, stride } = self.segments;
        if self.n_rows == 0 || count == 0 {
            0
        } else {
            (self.n_rows - 1) * self.row_stride + (count - 1) * stride + len
        }
    }
}

/// Overwrites `out` `[n_rows, columns]` by `left · right + bias`; `panels` is the packed right side
/// `[depth, columns]`, no `bias` means zeros.
///
/// # Panics
/// If lengths don't fit.
pub fn multiply(left: Left, panels: &[f32], columns: usize, bias: Option<&[f32]>, out: &mut [f32]) {
    let depth = left.segments.count * left.segments.len;
    assert!(left.end() <= left.data.len(), "left side of a product");
    assert_eq!(panels.len(), tile::panels_len(depth, columns), "right side of a product");
    assert_eq!(out.len(), left.n_rows * columns, "result of a product");
    assert!(bias.is_none_or(|bias| bias.len() == columns), "bias of a product");
    for panel_idx in 0..columns.div_ceil(PANEL) {
        let first = panel_idx * PANEL;
        let width = PANEL.min(columns - first);
        let start = tile::load_columns(bias.unwrap_or(&[]), first);
        let panel = &panels[panel_idx * depth * PANEL..][..depth * PANEL];
        for row_idx in (0..left.n_rows).step_by(ROWS) {
            // The last tile repeats the last row.
            let rows: [usize; ROWS] = std::array::from_fn(|r| (row_idx + r).min(left.n_rows - 1) * left.row_stride);
            // SAFETY: `end` is within the data, and the panel has depth · PANEL numbers.
            let sums = unsafe {
                let rows = rows.map(|row| left.data.as_ptr().add(row));
                if left.segments.len == 1 {
                    tile::multiply::<1>(rows, left.segments, panel.as_ptr(), start)
                } else {
                    tile::multiply::<0>(rows, left.segments, panel.as_ptr(), start)
                }
            };
            for (row, sums) in (row_idx..left.n_rows).zip(sums) {
                tile::store_columns(sums, &mut out[row * columns + first..][..width]);
            }
        }
    }
}
