//! Products with a left side of mostly zeros: only its entries are visited.
//!
//! Both give what [`product::multiply`](super::product::multiply) gives on the same matrix with its zeros: the sums
//! run in the same order, with the same multiply-add.
#![allow(unsafe_code)] // Entries point into the right side, read without bounds checks.

use super::SparseRows;
use super::lanes::Lanes;
use super::tile::{self, PANEL};

/// Overwrites `y` `[n, units]` by `x · kernel + bias`, `panels` being the packed kernel.
///
/// # Panics
/// If lengths don't fit.
pub fn forward(x: &SparseRows, panels: &[f32], bias: &[f32], y: &mut [f32]) {
    let units = bias.len();
    let panel_len = x.row_len() * PANEL;
    assert_eq!(panels.len(), tile::panels_len(x.row_len(), units), "packed kernel");
    assert_eq!(y.len(), x.n_rows() * units, "output");
    let n_panels = units.div_ceil(PANEL);
    for (row_idx, y) in y.chunks_exact_mut(units).enumerate() {
        let entries = x.row(row_idx);
        let mut panel_idx = 0;
        while panel_idx < n_panels {
            // Two panels at once keep four sums in flight.
            let width = if panel_idx + 1 < n_panels { 2 } else { 1 };
            let first = panel_idx * PANEL;
            let panel = &panels[panel_idx * panel_len..][..width * panel_len];
            let y = &mut y[first..units.min(first + width * PANEL)];
            if width == 2 {
                multiply_row::<2>(entries, panel, &bias[first..], y);
            } else {
                multiply_row::<1>(entries, panel, &bias[first..], y);
            }
            panel_idx += width;
        }
    }
}

#[inline(always)]
fn multiply_row<const PANELS: usize>(entries: &[(u32, f32)], panels: &[f32], bias: &[f32], y: &mut [f32]) {
    let panel_len = panels.len() / PANELS;
    let mut sums: [_; PANELS] = std::array::from_fn(|p| tile::load_columns(bias, p * PANEL));
    for &(index, value) in entries {
        let factor = Lanes::splat(value);
        for (p, sums) in sums.iter_mut().enumerate() {
            // SAFETY: an index is below the row's length (an invariant of SparseRows), and each of the PANELS
            // panels has PANEL numbers for each index.
            unsafe {
                let columns = panels.as_ptr().add(p * panel_len + index as usize * PANEL);
                sums[0] = factor.multiply_add(Lanes::load(columns), sums[0]);
                sums[1] = factor.multiply_add(Lanes::load(columns.add(Lanes::LEN)), sums[1]);
            }
        }
    }
    for (sums, y) in sums.into_iter().zip(y.chunks_mut(PANEL)) {
        tile::store_columns(sums, y);
    }
}

/// Overwrites `dkernel` `[inputs, units]` by `xᵀ · dy`.
///
/// # Panics
/// If lengths don't fit.
pub fn backward(x: &SparseRows, dy: &[f32], units: usize, dkernel: &mut [f32]) {
    assert_eq!(dy.len(), x.n_rows() * units, "gradient of the output");
    assert_eq!(dkernel.len(), x.row_len() * units, "gradient of the kernel");
    dkernel.fill(0.0);
    for (row_idx, dy) in dy.chunks_exact(units).enumerate() {
        let entries = x.row(row_idx);
        let mut first = 0;
        while first + Lanes::LEN <= units {
            first += match (units - first) / Lanes::LEN {
                1 => add_products::<1>(entries, dy, first, 0, dkernel),
                2 | 3 => add_products::<2>(entries, dy, first, 0, dkernel),
                _ => add_products::<4>(entries, dy, first, 0, dkernel),
            };
        }
        if first < units && units >= Lanes::LEN {
            // A register that ends with the row; its first columns are done and get zeros added.
            let done = first + Lanes::LEN - units;
            add_products::<1>(entries, dy, first - done, done, dkernel);
        } else if first < units {
            add_products_of_short_rows(entries, dy, dkernel);
        }
    }
}

/// Adds the products of `WIDTH` registers of columns, from `first` on, without the first `done` of them. Returns how
/// many columns those are.
#[inline(always)]
fn add_products<const WIDTH: usize>(
    entries: &[(u32, f32)],
    dy: &[f32],
    first: usize,
    done: usize,
    dkernel: &mut [f32],
) -> usize {
    let units = dy.len();
    let columns: [Lanes; WIDTH] = std::array::from_fn(|i| {
        let mut register = [0.0; Lanes::LEN];
        register.copy_from_slice(&dy[first + i * Lanes::LEN..][..Lanes::LEN]);
        register[..done].fill(0.0);
        // SAFETY: the array has LEN numbers.
        unsafe { Lanes::load(register.as_ptr()) }
    });
    for &(index, value) in entries {
        let factor = Lanes::splat(value);
        for (i, column) in columns.into_iter().enumerate() {
            // SAFETY: an index is below the row's length (an invariant of SparseRows), so the kernel's row of `units`
            // numbers is there, and the columns are within it.
            unsafe {
                let target = dkernel.as_mut_ptr().add(index as usize * units + first + i * Lanes::LEN);
                factor.multiply_add(column, Lanes::load(target)).store(target);
            }
        }
    }
    WIDTH * Lanes::LEN
}

/// [`add_products`] of rows that fill no register.
fn add_products_of_short_rows(entries: &[(u32, f32)], dy: &[f32], dkernel: &mut [f32]) {
    let load = |numbers: &[f32]| {
        let mut register = [0.0; Lanes::LEN];
        register[..numbers.len()].copy_from_slice(numbers);
        // SAFETY: the array has LEN numbers.
        unsafe { Lanes::load(register.as_ptr()) }
    };
    let columns = load(dy);
    for &(index, value) in entries {
        let target = &mut dkernel[index as usize * dy.len()..][..dy.len()];
        let mut register = [0.0; Lanes::LEN];
        // SAFETY: the array has LEN numbers.
        unsafe { Lanes::splat(value).multiply_add(columns, load(target)).store(register.as_mut_ptr()) };
        target.copy_from_slice(&register[..dy.len()]);
    }
}
