//! The micro-kernel of all products: 4 rows × one panel of columns, the sums in registers.
//!
//! A product's right side is packed in **panels**: `[panel][depth][PANEL]`, the columns in groups of [`PANEL`], the
//! last group filled up with zeros, so that the inner loop reads it in one stream. The left side is read in place:
//! a row is a start and a sequence of offsets, the same for all rows. That covers a row of a matrix, a column, and a
//! patch of an image.
//!
//! Each sum is computed in one lane, starts at its bias and runs in ascending order of the depth. So a product does not
//! depend on its place in a tile, and leaving out terms that are zero does not change it.
#![allow(unsafe_code)] // The inner loop reads by pointer, without bounds checks.

use super::lanes::Lanes;
use std::ptr::with_exposed_provenance;

/// Rows of a tile: 4 positions or samples (one 2×2 pool window).
pub const ROWS: usize = 4;

/// Columns of a tile: two registers. With 4 rows that makes 8 sums, enough to hide the latency of a fused
/// multiply-add, and leaves registers for the factors.
pub const PANEL: usize = 2 * Lanes::LEN;

/// The sums of one tile.
pub type Tile = [[Lanes; 2]; ROWS];

/// Numbers that the panels of a `[depth, columns]` matrix take.
pub fn panels_len(depth: usize, columns: usize) -> usize {
    columns.div_ceil(PANEL) * depth * PANEL
}

/// Rows in fours; the last tile repeats the last row.
pub fn tiles_of(rows: &[usize]) -> Vec<[usize; ROWS]> {
    rows.chunks(ROWS).map(|tile| std::array::from_fn(|r| tile[r.min(tile.len() - 1)])).collect()
}

/// Packs a row-major `[depth, columns]` matrix.
pub fn pack_panels(matrix: &[f32], columns: usize, panels: &mut [f32]) {
    let depth = matrix.len() / columns;
    assert_eq!(panels.len(), panels_len(depth, columns), "packed matrix");
    for (panel_idx, panel) in panels.chunks_exact_mut((depth * PANEL).max(1)).enumerate() {
        let first = panel_idx * PANEL;
        let width = PANEL.min(columns - first);
        for (row, packed) in matrix.chunks_exact(columns).zip(panel.chunks_exact_mut(PANEL)) {
            if width == PANEL {
                packed.copy_from_slice(&row[first..first + PANEL]);
            } else {
                packed.copy_from_slice(&filled_up(&row[first..]));
            }
        }
    }
}

/// Packs the transpose of a row-major `[columns, depth]` matrix.
pub fn pack_panels_transposed(matrix: &[f32], depth: usize, panels: &mut [f32]) {
    let columns = matrix.len() / depth;
    assert_eq!(panels.len(), panels_len(depth, columns), "packed matrix");
    for (rows, panel) in matrix.chunks(PANEL * depth).zip(panels.chunks_exact_mut(depth * PANEL)) {
        if rows.len() < PANEL * depth {
            for (k, packed) in panel.chunks_exact_mut(PANEL).enumerate() {
                let row: [f32; PANEL] = std::array::from_fn(|column| *rows.get(column * depth + k).unwrap_or(&0.0));
                packed.copy_from_slice(&row);
            }
            continue;
        }
        let rows: [&[f32]; PANEL] = std::array::from_fn(|column| &rows[column * depth..][..depth]);
        for (k, packed) in panel.chunks_exact_mut(PANEL).enumerate() {
            packed.iter_mut().zip(rows).for_each(|(packed, row)| *packed = row[k]);
        }
    }
}

/// Numbers that the tiles of `[n_rows, depth]` take.
pub fn tiles_len(depth: usize, n_rows: usize) -> usize {
    n_rows.div_ceil(ROWS) * depth * ROWS
}

/// Packs the transpose of a row-major `[depth, n_rows]` matrix as a left side: `[tile][depth][ROWS]`, the last tile
/// filled up with zeros. So what a tile reads lies in one stretch, where the matrix has it in `depth` lines that may all
/// fall into the same few sets of a cache.
pub fn pack_tiles(matrix: &[f32], n_rows: usize, tiles: &mut [f32]) {
    let depth = matrix.len() / n_rows;
    assert_eq!(tiles.len(), tiles_len(depth, n_rows), "packed matrix");
    for (k, line) in matrix.chunks_exact(n_rows).enumerate() {
        let (whole, rest) = line.as_chunks::<ROWS>();
        for (tile_idx, numbers) in whole.iter().enumerate() {
            tiles[(tile_idx * depth + k) * ROWS..][..ROWS].copy_from_slice(numbers);
        }
        if !rest.is_empty() {
            let numbers: [f32; ROWS] = std::array::from_fn(|r| rest.get(r).copied().unwrap_or(0.0));
            tiles[(whole.len() * depth + k) * ROWS..][..ROWS].copy_from_slice(&numbers);
        }
    }
}

/// A tile to start from without a bias.
#[inline(always)]
pub fn zeros() -> Tile {
    [[Lanes::splat(0.0); 2]; ROWS]
}

/// The first numbers of `short`, at most PANEL, padded with zeros. Copied one by one: a copy of unknown length is a
/// function call in WebAssembly, which takes longer than everything else in a small layer.
#[inline(always)]
fn filled_up(short: &[f32]) -> [f32; PANEL] {
    if let [single] = short {
        let mut columns = [0.0; PANEL];
        columns[0] = *single;
        return columns;
    }
    std::array::from_fn(|column| if column < short.len() { short[column] } else { 0.0 })
}

/// The panel's part of a bias, from column `first` on, padded with zeros.
#[inline(always)]
pub fn load_columns(bias: &[f32], first: usize) -> [Lanes; 2] {
    let columns = filled_up(bias.get(first..).unwrap_or_default());
    // SAFETY: the array holds PANEL = 2 · LEN numbers.
    unsafe { [Lanes::load(columns.as_ptr()), Lanes::load(columns.as_ptr().add(Lanes::LEN))] }
}

/// `N` registers of the numbers of `row`, filled up with zeros if there are fewer.
#[inline(always)]
pub fn load_registers<const N: usize>(row: &[f32]) -> [Lanes; N] {
    if row.len() < N * Lanes::LEN {
        return std::array::from_fn(|i| load_some(row.get(i * Lanes::LEN..).unwrap_or_default()));
    }
    // SAFETY: there are N · LEN numbers.
    std::array::from_fn(|i| unsafe { Lanes::load(row.as_ptr().add(i * Lanes::LEN)) })
}

/// The first numbers of `short`, at most LEN, padded with zeros. Not inlined: it would be half of some products' program.
#[inline(never)]
fn load_some(short: &[f32]) -> Lanes {
    let numbers: [f32; Lanes::LEN] = std::array::from_fn(|lane| short.get(lane).copied().unwrap_or(0.0));
    // SAFETY: the array holds LEN numbers.
    unsafe { Lanes::load(numbers.as_ptr()) }
}

/// Stores as many numbers as `row` has, at most `N` registers.
#[inline(always)]
pub fn store_registers<const N: usize>(registers: [Lanes; N], row: &mut [f32]) {
    if row.len() < N * Lanes::LEN {
        return registers.into_iter().zip(row.chunks_mut(Lanes::LEN)).for_each(|(lanes, row)| store_few(lanes, row));
    }
    for (i, lanes) in registers.into_iter().enumerate() {
        // SAFETY: there is room for N · LEN numbers.
        unsafe { lanes.store(row.as_mut_ptr().add(i * Lanes::LEN)) };
    }
}

/// As [`store_some`]; not inlined, as [`load_some`].
#[inline(never)]
fn store_few(lanes: Lanes, target: &mut [f32]) {
    store_some(lanes, target);
}

/// Stores as many columns of a tile's row as `target` has, at most PANEL.
#[inline(always)]
pub fn store_columns(row: [Lanes; 2], target: &mut [f32]) {
    let [first, second] = row;
    match target.split_at_mut_checked(Lanes::LEN) {
        Some((whole, rest)) => {
            // SAFETY: there are LEN numbers.
            unsafe { first.store(whole.as_mut_ptr()) };
            store_some(second, rest);
        }
        None => store_some(first, target),
    }
}

/// Stores as many numbers as `target` has, at most LEN.
#[inline(always)]
fn store_some(lanes: Lanes, target: &mut [f32]) {
    let mut numbers = [0.0; Lanes::LEN];
    let is_whole = target.len() >= Lanes::LEN;
    let to = if is_whole { target.as_mut_ptr() } else { numbers.as_mut_ptr() };
    // SAFETY: there is room for LEN numbers in either.
    unsafe { lanes.store(to) };
    if !is_whole {
        // One by one, as in `filled_up`.
        for (number, value) in numbers.into_iter().enumerate() {
            if let Some(target) = target.get_mut(number) {
                *target = value;
            }
        }
    }
}

/// `rows · panel + start`; `offsets` are the places of a row's numbers from the row's start on, in bytes.
///
/// One iteration of the loop is one step of the depth: 8 sums, 2 registers of columns and 4 factors just fit into 16
/// registers. If it is unrolled by hand, V8 moves all loads to the front and spills the sums to the stack.
///
/// # Safety
/// Each of `rows` must be valid for reading a number at each of `offsets`, and `panel` for PANEL numbers for each of
/// them.
#[inline(always)]
pub unsafe fn multiply(
    rows: [*const f32; ROWS],
    offsets: impl Iterator<Item = usize>,
    panel: *const f32,
    start: Tile,
) -> Tile {
    let mut sums = start;
    // Addresses as integers are opaque to the optimizer, which otherwise splits them into running pointers, one for
    // each load, where WebAssembly has constant offsets for free.
    let rows = rows.map(|row| row.expose_provenance());
    let mut panel = panel.expose_provenance();
    for offset in offsets {
        // SAFETY: the caller's promise.
        unsafe {
            let columns = with_exposed_provenance::<f32>(panel);
            let columns = [Lanes::load(columns), Lanes::load(columns.add(Lanes::LEN))];
            for (sums, row) in sums.iter_mut().zip(rows) {
                let factor = Lanes::splat(*with_exposed_provenance::<f32>(row + offset));
                sums[0] = factor.multiply_add(columns[0], sums[0]);
                sums[1] = factor.multiply_add(columns[1], sums[1]);
            }
        }
        panel += PANEL * size_of::<f32>();
    }
    sums
}

/// A product whose left side has `W` neighbouring numbers in each of `L` lines for every step of the depth, and `C`
/// registers of columns; the right side's rows are `step` numbers apart. `offsets` are the places of the numbers from
/// each line's start on, in bytes. Neighbours are read at constant offsets from one address.
///
/// # Safety
/// Each of `lines` must be valid for reading `W` numbers at each of `offsets`, and `right` for `C` registers at each of
/// as many steps.
#[inline(always)]
pub unsafe fn multiply_lines<const L: usize, const W: usize, const C: usize>(
    lines: [*const f32; L],
    offsets: impl Iterator<Item = usize>,
    right: *const f32,
    step: usize,
    start: [[[Lanes; C]; W]; L],
) -> [[[Lanes; C]; W]; L] {
    let mut sums = start;
    // Integers as in `multiply`.
    let lines = lines.map(|line| line.expose_provenance());
    let mut right = right.expose_provenance();
    for offset in offsets {
        // SAFETY: the caller's promise.
        unsafe {
            let columns = with_exposed_provenance::<f32>(right);
            let columns: [Lanes; C] = std::array::from_fn(|i| Lanes::load(columns.add(i * Lanes::LEN)));
            for (sums, line) in sums.iter_mut().zip(lines) {
                let numbers = with_exposed_provenance::<f32>(line + offset);
                for (i, sums) in sums.iter_mut().enumerate() {
                    let factor = Lanes::splat(*numbers.add(i));
                    for (sum, columns) in sums.iter_mut().zip(columns) {
                        *sum = factor.multiply_add(columns, *sum);
                    }
                }
            }
        }
        right += step * size_of::<f32>();
    }
    sums
}
