//! Matrix products `left · right + bias` with a packed right side, for everything in Dense except its sparse variants.
#![allow(unsafe_code)] // Calls the micro-kernel, which reads by pointer.

use super::tile::{self, PANEL, ROWS};

/// The left side, read in place: number `k` of row `i` stands at `i · row_stride + k · depth_stride`.
#[derive(Debug, Clone, Copy)]
pub struct Left<'a> {
    data: &'a [f32],
    n_rows: usize,
    depth: usize,
    row_stride: usize,
    depth_stride: usize,
}

impl<'a> Left<'a> {
    /// A row-major `[n_rows, depth]` matrix.
    pub fn matrix(data: &'a [f32], depth: usize) -> Self {
        Left { data, n_rows: data.len() / depth, depth, row_stride: depth, depth_stride: 1 }
    }

    /// The transpose of a row-major `[depth, n_rows]` matrix.
    pub fn transposed(data: &'a [f32], n_rows: usize) -> Self {
        Left { data, n_rows, depth: data.len() / n_rows, row_stride: 1, depth_stride: n_rows }
    }
}

/// Overwrites `out` `[n_rows, columns]` by `left · right + bias`; `panels` is the packed right side
/// `[depth, columns]`, no `bias` means zeros.
///
/// # Panics
/// If lengths don't fit.
pub fn multiply(left: Left, panels: &[f32], columns: usize, bias: Option<&[f32]>, out: &mut [f32]) {
    let Left { data, n_rows, depth, row_stride, depth_stride } = left;
    assert!(n_rows * depth <= data.len(), "left side of a product");
    assert_eq!(panels.len(), tile::panels_len(depth, columns), "right side of a product");
    assert_eq!(out.len(), n_rows * columns, "result of a product");
    assert!(bias.is_none_or(|bias| bias.len() == columns), "bias of a product");
    for panel_idx in 0..columns.div_ceil(PANEL) {
        let first = panel_idx * PANEL;
        let width = PANEL.min(columns - first);
        let start = [tile::load_columns(bias.unwrap_or(&[]), first); ROWS];
        let panel = &panels[panel_idx * depth * PANEL..][..depth * PANEL];
        for row_idx in (0..n_rows).step_by(ROWS) {
            // The last tile repeats the last row.
            let rows: [usize; ROWS] = std::array::from_fn(|r| (row_idx + r).min(n_rows - 1) * row_stride);
            // SAFETY: the data has n_rows · depth numbers, all of which a Left reaches, and the panel depth · PANEL.
            let sums = unsafe {
                let rows = rows.map(|row| data.as_ptr().add(row));
                if depth_stride == 1 {
                    let offsets = (0..depth).map(|k| k * size_of::<f32>());
                    tile::multiply(rows, offsets, panel.as_ptr(), start)
                } else {
                    let offsets = (0..depth).map(|k| k * depth_stride * size_of::<f32>());
                    tile::multiply(rows, offsets, panel.as_ptr(), start)
                }
            };
            for (row, sums) in (row_idx..n_rows).zip(sums) {
                tile::store_columns(sums, &mut out[row * columns + first..][..width]);
            }
        }
    }
}
