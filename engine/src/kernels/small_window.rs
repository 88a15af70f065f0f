//! Kernels three wide on one channel, followed by a 2×2 max pool: a first layer on digits.
//!
//! The depth of 9 is too short for the general micro-kernel. Here a window's four outputs are computed together, so
//! that each of the 16 pixels below them is read once. The sums run in the same order, so the result is the same to the
//! last bit.
#![allow(unsafe_code)] // Reads pixels by pointer.

use super::Conv2DGeometry;
use super::lanes::Lanes;
use super::tile::{self, PANEL, ROWS};
use std::ptr::with_exposed_provenance;

/// Whether this kernel handles a geometry.
pub fn serves(geometry: &Conv2DGeometry) -> bool {
    geometry.kernel_size[1] == 3
        && geometry.strides == [1, 1]
        && geometry.input[2] == 1
        && geometry.filters.is_multiple_of(Lanes::LEN)
}

/// Computes all windows of an image and calls `store(window index, first filter, sums)` for as many filters as fill a
/// register; `panels` is the packed kernel, `windows` the patches of each window's four outputs.
///
/// # Panics
/// If lengths don't fit.
#[inline(always)]
pub fn for_each(
    geometry: &Conv2DGeometry,
    image: &[f32],
    windows: &[[usize; ROWS]],
    panels: &[f32],
    bias: &[f32],
    mut store: impl FnMut(usize, usize, [Lanes; ROWS]),
) {
    let row_len = geometry.padded_row_len();
    let n_rows = geometry.kernel_size[0];
    assert!(windows.iter().all(|window| window[0] + n_rows * row_len + 4 <= image.len()), "a window in its image");
    assert_eq!(panels.len(), tile::panels_len(3 * n_rows, bias.len()), "a packed kernel");
    for (group, bias) in bias.chunks_exact(Lanes::LEN).enumerate() {
        let first = group * Lanes::LEN;
        let kernel = &panels[first / PANEL * 3 * n_rows * PANEL + first % PANEL..];
        // SAFETY: a chunk has LEN numbers.
        let start = unsafe { Lanes::load(bias.as_ptr()) };
        for (window_idx, window) in windows.iter().enumerate() {
            // SAFETY: asserted above.
            let sums = unsafe { multiply(image.as_ptr().add(window[0]), row_len, kernel.as_ptr(), n_rows, start) };
            store(window_idx, first, sums);
        }
    }
}

/// The four outputs of the window whose pixels start at `pixels`, with the kernel's `n_rows`.
///
/// One iteration of the loop is one row of the kernel: four sums, its three numbers and the pixels of two lines just
/// fit into the registers. With all rows in one iteration they do not: the terms of each sum are then gathered before
/// the first is added.
///
/// # Safety
/// The pixels must be there, and `n_rows · 3` rows of a panel.
#[inline(always)]
unsafe fn multiply(
    pixels: *const f32,
    row_len: usize,
    kernel: *const f32,
    n_rows: usize,
    start: Lanes,
) -> [Lanes; ROWS] {
    let mut sums = [start; ROWS];
    let (mut pixels, mut kernel) = (pixels.expose_provenance(), kernel.expose_provenance());
    let row_bytes = row_len * size_of::<f32>();
    for _ in 0..n_rows {
        // SAFETY: the caller's promise.
        let numbers = [0, 1, 2].map(|k| unsafe { Lanes::load(with_exposed_provenance::<f32>(kernel).add(k * PANEL)) });
        let [upper, lower] = [pixels, pixels + row_bytes].map(|line| {
            // SAFETY: the caller's promise.
            [0, 1, 2, 3].map(|i| Lanes::splat(unsafe { *with_exposed_provenance::<f32>(line).add(i) }))
        });
        for k in 0..3 {
            sums[0] = upper[k].multiply_add(numbers[k], sums[0]);
            sums[1] = upper[k + 1].multiply_add(numbers[k], sums[1]);
            sums[2] = lower[k].multiply_add(numbers[k], sums[2]);
            sums[3] = lower[k + 1].multiply_add(numbers[k], sums[3]);
        }
        pixels += row_bytes;
        kernel += 3 * PANEL * size_of::<f32>();
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::super::Conv2DPlan;
    use super::super::tests::numbers;
    use super::*;
    use crate::experiment::{Activation, Padding};

    #[test]
    fn small_windows_are_those_of_the_micro_kernel() {
        for (input, filters, n_rows, padding) in [
            ([4, 4], 4, 3, Padding::Valid),
            ([28, 28], 32, 3, Padding::Valid),
            ([7, 10], 12, 3, Padding::Valid),
            ([5, 3], 40, 3, Padding::Same),
            ([9, 6], 8, 1, Padding::Valid),
            ([9, 6], 8, 5, Padding::Same),
        ] {
            let input = [input[0], input[1], 1];
            let geometry = Conv2DGeometry { input, filters, kernel_size: [n_rows, 3], strides: [1, 1], padding };
            if !serves(&geometry) {
                // A register holds more filters here than this has.
                continue;
            }
            let mut plan = Conv2DPlan::with_max_pool(geometry, [2, 2]);
            plan.pack(&numbers(geometry.patch_len() * filters, 1, 0.0));
            let (x, bias) = (numbers(2 * input[0] * input[1], 2, 0.3), numbers(filters, 3, 0.0));
            let [out_h, out_w, _] = geometry.output();
            let mut whole = vec![f32::NAN; 2 * geometry.output_len()];
            plan.forward(&x, &bias, Activation::Linear, &mut whole);
            let mut y = vec![f32::NAN; 2 * geometry.pooled_len([2, 2])];
            let mut winners = vec![9; y.len()];
            plan.forward_max_pool(&x, &bias, Activation::Linear, &mut y, &mut winners);
            let mut seen = y.iter().zip(&winners);
            for (image, row) in (0..2).flat_map(|image| (0..out_h / 2).map(move |row| (image, row))) {
                for (column, filter) in (0..out_w / 2).flat_map(|column| (0..filters).map(move |f| (column, f))) {
                    let cell = |cell: usize| {
                        let (row, column) = (2 * row + cell / 2, 2 * column + cell % 2);
                        whole[((image * out_h + row) * out_w + column) * filters + filter]
                    };
                    let winner = (1..4).fold(0, |best, other| if cell(other) > cell(best) { other } else { best });
                    let (&y, &seen_winner) = seen.next().unwrap();
                    assert_eq!((y.to_bits(), usize::from(seen_winner)), (cell(winner).to_bits(), winner));
                }
            }
        }
    }
}
