//! Matrix products with a packed right side, for everything in Dense except its sparse variants.
#![allow(unsafe_code)] // Calls the micro-kernel, which reads by pointer.

use super::tile::{self, PANEL, ROWS, Tile};

/// Overwrites `out` `[n_rows, columns]` by `left · right + bias`; `left` is row-major `[n_rows, depth]`, `panels` the
/// packed right side `[depth, columns]`, no `bias` means zeros.
///
/// Panel by panel: that of a long column stays in the first cache while the rows pass by.
///
/// # Panics
/// If lengths don't fit.
pub fn multiply(left: &[f32], depth: usize, panels: &[f32], columns: usize, bias: Option<&[f32]>, out: &mut [f32]) {
    let n_rows = left.len() / depth;
    assert_eq!(panels.len(), tile::panels_len(depth, columns), "right side of a product");
    assert_eq!(out.len(), n_rows * columns, "result of a product");
    assert!(bias.is_none_or(|bias| bias.len() == columns), "bias of a product");
    for (panel_idx, panel) in panels.chunks_exact(depth * PANEL).enumerate() {
        let first = panel_idx * PANEL;
        let start = [tile::load_columns(bias.unwrap_or(&[]), first); ROWS];
        for row_idx in (0..n_rows).step_by(ROWS) {
            // The last tile repeats the last row.
            let rows: [usize; ROWS] = std::array::from_fn(|r| (row_idx + r).min(n_rows - 1) * depth);
            let offsets = (0..depth).map(|k| k * size_of::<f32>());
            // SAFETY: each row has `depth` numbers, and the panel depth · PANEL.
            let sums =
                unsafe { tile::multiply(rows.map(|row| left.as_ptr().add(row)), offsets, panel.as_ptr(), start) };
            store(sums, row_idx, first, columns, out);
        }
    }
}

/// Overwrites `out` `[n_rows, columns]` by `left · right`; `tiles` is the left side `[n_rows, depth]` packed by
/// [`tile::pack_tiles`], `panels` the packed right side `[depth, columns]`.
///
/// Tile by tile, so that the result, which is larger than both sides where the depth is small, is written in order.
///
/// # Panics
/// If lengths don't fit.
pub fn multiply_tiles(tiles: &[f32], depth: usize, panels: &[f32], columns: usize, out: &mut [f32]) {
    let n_rows = out.len() / columns;
    assert_eq!(tiles.len(), tile::tiles_len(depth, n_rows), "left side of a product");
    assert_eq!(panels.len(), tile::panels_len(depth, columns), "right side of a product");
    if depth == 0 {
        return out.fill(0.0);
    }
    for (tile_idx, tile) in tiles.chunks_exact(depth * ROWS).enumerate() {
        for (panel_idx, panel) in panels.chunks_exact(depth * PANEL).enumerate() {
            let offsets = (0..depth).map(|k| k * ROWS * size_of::<f32>());
            // SAFETY: the tile has depth · ROWS numbers, those of a step of the depth side by side, and the panel
            // depth · PANEL.
            let sums = unsafe {
                let rows = std::array::from_fn(|r| tile.as_ptr().add(r));
                tile::multiply(rows, offsets, panel.as_ptr(), tile::zeros())
            };
            store(sums, tile_idx * ROWS, panel_idx * PANEL, columns, out);
        }
    }
}

/// Stores what a tile has of `out` `[n_rows, columns]`, from row `row_idx` and column `first` on.
#[inline(always)]
fn store(sums: Tile, row_idx: usize, first: usize, columns: usize, out: &mut [f32]) {
    let width = PANEL.min(columns - first);
    for (row, sums) in out[row_idx * columns..].chunks_exact_mut(columns).zip(sums) {
        tile::store_columns(sums, &mut row[first..][..width]);
    }
}
