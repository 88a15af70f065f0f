//! Products with a left side of mostly zeros: only its entries are visited.
//!
//! The results equal those of [`product::multiply`](super::product::multiply) on the same matrix with its zeros: the
//! sums run in the same order, with the same multiply-add.
//!
//! Each entry is multiplied with one row of the right side. Rows are not packed. As many of a row's registers as fit
//! are processed together, so that an entry is read once.
#![allow(unsafe_code)] // Entries point into the right side, read without bounds checks.

use super::SparseRows;
use super::lanes::Lanes;

/// Registers of a row that are worked on together: their sums, a factor and a row's numbers fit in sixteen.
const WIDTHS: [usize; 5] = [10, 8, 4, 2, 1];

/// Calls a function that takes its width as a constant, for `$width` in [`WIDTHS`].
macro_rules! with_width {
    ($width:expr, $function:ident($($argument:expr),*)) => {
        match $width {
            1 => $function::<1>($($argument),*),
            2 => $function::<2>($($argument),*),
            4 => $function::<4>($($argument),*),
            8 => $function::<8>($($argument),*),
            10 => $function::<10>($($argument),*),
            width => unreachable!("{width} registers of a row at once"),
        }
    };
}

/// Overwrites `y` `[n, units]` by `x · kernel + bias`; no `bias` means zeros.
///
/// # Panics
/// If lengths don't fit.
pub fn multiply(x: &SparseRows, kernel: &[f32], bias: Option<&[f32]>, units: usize, y: &mut [f32]) {
    assert_eq!(kernel.len(), x.row_len() * units, "kernel");
    assert_eq!(y.len(), x.n_rows() * units, "output");
    assert!(bias.is_none_or(|bias| bias.len() == units), "bias");
    if units < Lanes::LEN {
        return multiply_short_rows(x, kernel, bias, units, y);
    }
    for (first, width) in groups(units) {
        with_width!(width, multiply_columns(x, kernel, bias, units, first, y));
    }
    if !units.is_multiple_of(Lanes::LEN) {
        // The last register ends with the row; some of its columns are computed twice, with the same result.
        multiply_columns::<1>(x, kernel, bias, units, units - Lanes::LEN, y);
    }
}

/// First column and width of groups that cover the whole registers of a row, the widest first.
fn groups(units: usize) -> impl Iterator<Item = (usize, usize)> {
    let n_registers = units / Lanes::LEN;
    let mut start = 0;
    std::iter::from_fn(move || {
        let width = WIDTHS.into_iter().find(|width| start + width <= n_registers)?;
        start += width;
        Some(((start - width) * Lanes::LEN, width))
    })
}

/// `WIDTH` registers of each row of `y`, from column `first` on.
#[inline(always)]
fn multiply_columns<const WIDTH: usize>(
    x: &SparseRows,
    kernel: &[f32],
    bias: Option<&[f32]>,
    units: usize,
    first: usize,
    y: &mut [f32],
) {
    let start: [Lanes; WIDTH] = bias.map_or([Lanes::splat(0.0); WIDTH], |bias| load(&bias[first..]));
    for (row_idx, y) in y.chunks_exact_mut(units).enumerate() {
        let mut sums = start;
        for &(index, value) in x.row(row_idx) {
            let factor = Lanes::splat(value);
            for (i, sum) in sums.iter_mut().enumerate() {
                // SAFETY: an index is below the row's length (an invariant of SparseRows), so the kernel's row of
                // `units` numbers is there; the columns are within it, as they are within `y` below.
                *sum = unsafe {
                    let row = kernel.as_ptr().add(index as usize * units + first);
                    factor.multiply_add(Lanes::load(row.add(i * Lanes::LEN)), *sum)
                };
            }
        }
        let y = &mut y[first..first + WIDTH * Lanes::LEN];
        for (sum, y) in sums.into_iter().zip(y.chunks_exact_mut(Lanes::LEN)) {
            // SAFETY: each chunk has LEN numbers.
            unsafe { sum.store(y.as_mut_ptr()) };
        }
    }
}

/// [`multiply`] for rows that fill no register.
fn multiply_short_rows(x: &SparseRows, kernel: &[f32], bias: Option<&[f32]>, units: usize, y: &mut [f32]) {
    let start = load_short(bias.unwrap_or(&[]));
    for (row_idx, y) in y.chunks_exact_mut(units).enumerate() {
        let mut sum = start;
        for &(index, value) in x.row(row_idx) {
            let row = &kernel[index as usize * units..][..units];
            sum = Lanes::splat(value).multiply_add(load_short(row), sum);
        }
        store_short(sum, y);
    }
}

/// The first `WIDTH` registers of `numbers`.
#[inline(always)]
fn load<const WIDTH: usize>(numbers: &[f32]) -> [Lanes; WIDTH] {
    let numbers = &numbers[..WIDTH * Lanes::LEN];
    // SAFETY: there are WIDTH · LEN numbers.
    std::array::from_fn(|i| unsafe { Lanes::load(numbers.as_ptr().add(i * Lanes::LEN)) })
}

/// Numbers that do not fill a register, padded with zeros.
fn load_short(numbers: &[f32]) -> Lanes {
    let mut register = [0.0; Lanes::LEN];
    register[..numbers.len()].copy_from_slice(numbers);
    let [lanes] = load(&register);
    lanes
}

fn store_short(lanes: Lanes, target: &mut [f32]) {
    let mut register = [0.0; Lanes::LEN];
    // SAFETY: the array has LEN numbers.
    unsafe { lanes.store(register.as_mut_ptr()) };
    let len = target.len();
    target.copy_from_slice(&register[..len]);
}
