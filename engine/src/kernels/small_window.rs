//! 3×3 kernels on one channel with a 2×2 max pool behind: a first layer on digits.
//!
//! The depth of 9 is too short for the general micro-kernel. Here one register of each of the kernel's 9 rows stays
//! where it is while all windows pass, and each of the 16 pixels below a window is read once. The sums run in the same
//! order, so the result is the same to the last bit.
#![allow(unsafe_code)] // Reads pixels by pointer.

use super::Conv2DGeometry;
use super::lanes::Lanes;
use super::tile::{PANEL, ROWS};

/// Whether this is the way for a geometry.
pub fn serves(geometry: &Conv2DGeometry) -> bool {
    geometry.kernel_size == [3, 3]
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
    image: &[f32],
    row_len: usize,
    windows: &[[usize; ROWS]],
    panels: &[f32],
    bias: &[f32],
    mut store: impl FnMut(usize, usize, [Lanes; ROWS]),
) {
    assert!(windows.iter().all(|window| window[0] + 3 * row_len + 4 <= image.len()), "a window in its image");
    for (group, bias) in bias.chunks_exact(Lanes::LEN).enumerate() {
        let first = group * Lanes::LEN;
        let panel = &panels[first / PANEL * 9 * PANEL..][..9 * PANEL];
        // SAFETY: a chunk has LEN numbers, and the panel 9 rows of PANEL, a whole number of registers.
        let (start, kernel): (Lanes, [Lanes; 9]) = unsafe {
            let column = panel.as_ptr().add(first % PANEL);
            (Lanes::load(bias.as_ptr()), std::array::from_fn(|k| Lanes::load(column.add(k * PANEL))))
        };
        for (window_idx, window) in windows.iter().enumerate() {
            // SAFETY: asserted above.
            let sums = unsafe { multiply(image.as_ptr().add(window[0]), row_len, &kernel, start) };
            store(window_idx, first, sums);
        }
    }
}

/// The four outputs of the window whose 4×4 pixels start at `pixels`.
///
/// # Safety
/// The pixels must be there.
#[inline(always)]
unsafe fn multiply(pixels: *const f32, row_len: usize, kernel: &[Lanes; 9], start: Lanes) -> [Lanes; ROWS] {
    let mut sums = [start; ROWS];
    // Written out, so that all places are constants and sums and kernel stay in registers.
    macro_rules! pixels {
        ($(($row:literal, $column:literal))*) => { $(
            // SAFETY: the caller's promise.
            let pixel = unsafe { Lanes::splat(*pixels.add($row * row_len + $column)) };
            if $row < 3 && $column < 3 {
                sums[0] = pixel.multiply_add(kernel[($row * 3 + $column) % 9], sums[0]);
            }
            if $row < 3 && $column > 0 {
                sums[1] = pixel.multiply_add(kernel[($row * 3 + $column + 8) % 9], sums[1]);
            }
            if $row > 0 && $column < 3 {
                sums[2] = pixel.multiply_add(kernel[($row * 3 + $column + 6) % 9], sums[2]);
            }
            if $row > 0 && $column > 0 {
                sums[3] = pixel.multiply_add(kernel[($row * 3 + $column + 5) % 9], sums[3]);
            }
        )* };
    }
    pixels! {
        (0, 0) (0, 1) (0, 2) (0, 3)
        (1, 0) (1, 1) (1, 2) (1, 3)
        (2, 0) (2, 1) (2, 2) (2, 3)
        (3, 0) (3, 1) (3, 2) (3, 3)
    }
    sums
}
