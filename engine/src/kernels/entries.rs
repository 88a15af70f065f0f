//! Sums of few scaled rows: `target += Σ g · source[offset..]`, for gradients that are mostly zero.
#![allow(unsafe_code)] // Reads and writes rows by pointer, without bounds checks.

use super::lanes::Lanes;
use std::ptr::{with_exposed_provenance, with_exposed_provenance_mut};

/// A non-zero gradient, and where its rows begin in the source.
#[derive(Debug, Clone, Copy, Default)]
pub struct Entry {
    /// Where the rows begin, in bytes from the source's start.
    pub offset: u32,
    /// The gradient.
    pub g: f32,
}

/// Entries with the same target.
#[derive(Debug, Clone, Copy)]
pub struct EntryList {
    /// Index of the first.
    pub start: u32,
    /// How many.
    pub len: u32,
    /// Where the target's rows begin, in bytes.
    pub target: u32,
}

/// A rectangle of registers: `rows` lines of `lanes` registers, small enough that all its sums stay in registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// First line.
    pub row: usize,
    /// First register in a line.
    pub lane: usize,
    rows: usize,
    lanes: usize,
}

impl Block {
    /// Cuts `rows` lines of `lanes` registers into blocks of nearly the same width. Eight sums hide the latency of a
    /// multiply-add; with twelve, V8 runs out of registers (measured: a third slower).
    pub fn cover(rows: usize, lanes: usize) -> Vec<Block> {
        let n_columns = lanes.div_ceil(8);
        let mut blocks = vec![];
        for column in 0..n_columns {
            let (lane, end) = (column * lanes / n_columns, (column + 1) * lanes / n_columns);
            let mut row = 0;
            while row < rows {
                let height = if end - lane <= 2 && row + 3 <= rows { 3 } else { 1 };
                blocks.push(Block { row, lane, rows: height, lanes: end - lane });
                row += height;
            }
        }
        blocks
    }

    /// Adds `g · source[offset + …]` of all entries of the lists to this block of their targets.
    ///
    /// # Panics
    /// If a list is not within `entries`.
    ///
    /// # Safety
    /// With `end = stride · (row + rows - 1) + Lanes::LEN · (lane + lanes)`: `target` of each list must be valid for
    /// reading and writing up to `end` with the target's stride, and `source + offset` of each entry for reading up to
    /// `end` with the source's stride.
    pub unsafe fn accumulate(
        self,
        entries: &[Entry],
        lists: &[EntryList],
        source: *const f32,
        source_stride: usize,
        target: *mut f32,
        target_stride: usize,
    ) {
        // SAFETY: the caller's promise, moved to the block's corner.
        unsafe {
            let source = source.add(self.row * source_stride + self.lane * Lanes::LEN);
            let target = target.add(self.row * target_stride + self.lane * Lanes::LEN);
            let (source, target) = ((source, source_stride), (target, target_stride));
            match (self.rows, self.lanes) {
                (1, 1) => accumulate::<1, 1>(entries, lists, source, target),
                (1, 2) => accumulate::<1, 2>(entries, lists, source, target),
                (1, 3) => accumulate::<1, 3>(entries, lists, source, target),
                (1, 4) => accumulate::<1, 4>(entries, lists, source, target),
                (1, 5) => accumulate::<1, 5>(entries, lists, source, target),
                (1, 6) => accumulate::<1, 6>(entries, lists, source, target),
                (1, 7) => accumulate::<1, 7>(entries, lists, source, target),
                (1, 8) => accumulate::<1, 8>(entries, lists, source, target),
                (3, 1) => accumulate::<3, 1>(entries, lists, source, target),
                (3, 2) => accumulate::<3, 2>(entries, lists, source, target),
                (rows, lanes) => unreachable!("`cover` makes no block of {rows}×{lanes}"),
            }
        }
    }
}

/// Addresses are integers as in `tile::multiply`, for the same reason.
///
/// # Safety
/// As [`Block::accumulate`], from the block's corner on; pointers come with their strides.
#[inline(always)]
unsafe fn accumulate<const ROWS: usize, const LANES: usize>(
    entries: &[Entry],
    lists: &[EntryList],
    (source, source_stride): (*const f32, usize),
    (target, target_stride): (*mut f32, usize),
) {
    let (target, source) = (target.expose_provenance(), source.expose_provenance());
    let bytes = size_of::<f32>();
    for list in lists {
        let entries = &entries[list.start as usize..][..list.len as usize];
        let target = target + list.target as usize;
        let mut sums: [[Lanes; LANES]; ROWS] = std::array::from_fn(|r| {
            let line = with_exposed_provenance::<f32>(target + r * target_stride * bytes);
            // SAFETY: the caller's promise for `target`.
            std::array::from_fn(|l| unsafe { Lanes::load(line.add(l * Lanes::LEN)) })
        });
        for entry in entries {
            let g = Lanes::splat(entry.g);
            let source = source + entry.offset as usize;
            for (r, sums) in sums.iter_mut().enumerate() {
                let line = with_exposed_provenance::<f32>(source + r * source_stride * bytes);
                for (l, sum) in sums.iter_mut().enumerate() {
                    // SAFETY: the caller's promise for `source`.
                    *sum = g.multiply_add(unsafe { Lanes::load(line.add(l * Lanes::LEN)) }, *sum);
                }
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            let line = with_exposed_provenance_mut::<f32>(target + r * target_stride * bytes);
            for (l, sum) in sums.into_iter().enumerate() {
                // SAFETY: the caller's promise for `target`.
                unsafe { sum.store(line.add(l * Lanes::LEN)) };
            }
        }
    }
}
