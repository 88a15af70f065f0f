//! Products with a left side of mostly zeros: only its entries are visited.
//!
//! The results equal those of [`product::multiply`](super::product::multiply) on the same matrix with its zeros: the
//! sums run in the same order, with the same multiply-add.
//!
//! Each entry is multiplied with one row of the right side. As many of a row's registers as fit are worked on together,
//! so that an entry is read once, and the right side is packed by these groups of columns: rows of 512 units, 2 KiB
//! apart, would all fall into the same few sets of a cache.
#![allow(unsafe_code)] // Entries point into the right side, read without bounds checks.

use super::lanes::Lanes;
use super::{Aligned, SparseRows, tile};

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

/// The right side of a product: `[rows, units]` in groups of columns, each group's rows one after the other.
#[derive(Debug, Clone, Default)]
pub struct ColumnGroups {
    numbers: Aligned,
    n_rows: usize,
    units: usize,
}

/// Rows that are packed together: what is read and what is written stays in the first cache.
const PACKED_ROWS: usize = 8;

impl ColumnGroups {
    /// Takes over a row-major matrix; keeps its memory from one call to the next.
    ///
    /// # Panics
    /// If there is no whole number of rows.
    pub fn fill(&mut self, matrix: &[f32], units: usize) {
        assert!(matrix.len().is_multiple_of(units), "{} numbers in rows of {units}", matrix.len());
        (self.n_rows, self.units) = (matrix.len() / units, units);
        self.numbers.set_len(groups(units).map(|(_, width)| self.n_rows * width * Lanes::LEN).sum());
        for (block_idx, block) in matrix.chunks(PACKED_ROWS * units).enumerate() {
            let mut start = 0;
            for (first, width) in groups(units) {
                let row_len = width * Lanes::LEN;
                let target = &mut self.numbers[start + block_idx * PACKED_ROWS * row_len..];
                pack_columns(block, units, first, width, target);
                start += self.n_rows * row_len;
            }
        }
    }

    /// The groups: first column, width in registers, and numbers.
    fn iter(&self) -> impl Iterator<Item = (usize, usize, &[f32])> {
        let mut start = 0;
        groups(self.units).map(move |(first, width)| {
            let len = self.n_rows * width * Lanes::LEN;
            start += len;
            (first, width, &self.numbers[start - len..start])
        })
    }
}

/// Copies `width` registers of each row of `matrix`, from column `first` on, to the beginning of `target`.
fn pack_columns(matrix: &[f32], units: usize, first: usize, width: usize, target: &mut [f32]) {
    for (row, target) in matrix.chunks_exact(units).zip(target.chunks_exact_mut(width * Lanes::LEN)) {
        let (whole, rest) = row[first..].as_chunks::<{ Lanes::LEN }>();
        let (registers, _) = target.as_chunks_mut::<{ Lanes::LEN }>();
        registers.iter_mut().zip(whole).for_each(|(target, numbers)| *target = *numbers);
        if let Some(last) = registers.get_mut(whole.len()) {
            *last = std::array::from_fn(|lane| rest.get(lane).copied().unwrap_or(0.0));
        }
    }
}

/// Overwrites `y` `[n, units]` by `x · right + bias`; no `bias` means zeros.
///
/// # Panics
/// If lengths don't fit.
pub fn multiply(x: &SparseRows, right: &ColumnGroups, bias: Option<&[f32]>, y: &mut [f32]) {
    let units = right.units;
    assert_eq!(right.n_rows, x.row_len(), "right side of a sparse product");
    assert_eq!(y.len(), x.n_rows() * units, "result of a sparse product");
    assert!(bias.is_none_or(|bias| bias.len() == units), "bias of a sparse product");
    for (first, width, numbers) in right.iter() {
        with_width!(width, multiply_columns(x, numbers, bias, units, first, y));
    }
}

/// First column and width of the groups that cover a row, the widest first; the last register is filled up with zeros.
fn groups(units: usize) -> impl Iterator<Item = (usize, usize)> {
    let n_registers = units.div_ceil(Lanes::LEN);
    let mut start = 0;
    std::iter::from_fn(move || {
        let width = WIDTHS.into_iter().find(|width| start + width <= n_registers)?;
        start += width;
        Some(((start - width) * Lanes::LEN, width))
    })
}

/// `WIDTH` registers of each row of `y`, from column `first` on; `right` has these columns alone.
#[inline(always)]
fn multiply_columns<const WIDTH: usize>(
    x: &SparseRows,
    right: &[f32],
    bias: Option<&[f32]>,
    units: usize,
    first: usize,
    y: &mut [f32],
) {
    assert_eq!(right.len(), x.row_len() * WIDTH * Lanes::LEN, "columns of a sparse product");
    let start: [Lanes; WIDTH] = bias.map_or([Lanes::splat(0.0); WIDTH], |bias| tile::load_registers(&bias[first..]));
    for (row_idx, y) in y.chunks_exact_mut(units).enumerate() {
        let mut sums = start;
        for &(index, value) in x.row(row_idx) {
            let factor = Lanes::splat(value);
            for (i, sum) in sums.iter_mut().enumerate() {
                // SAFETY: an index is below the row's length (an invariant of SparseRows), and as many rows are there.
                *sum = unsafe {
                    let row = right.as_ptr().add(index as usize * WIDTH * Lanes::LEN);
                    factor.multiply_add(Lanes::load(row.add(i * Lanes::LEN)), *sum)
                };
            }
        }
        tile::store_registers(sums, &mut y[first..]);
    }
}
