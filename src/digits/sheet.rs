//! Digits as one picture: a sheet of cells that people can look at and that [`read`] takes apart again.
//!
//! The sheet is 20 cells wide. A cell is 28 pixels wide and 36 high: the digit, black on white, in 28 rows, and below it the
//! label in a font of 3×5 pixels, whose left upper pixel is at row 30 and column 12. Cells after the last digit are white.

use super::{DigitImage, GreyImage, MAX_OWN_DIGITS, N_PIXELS, OwnDigit};
use crate::drawing::SIDE;

/// Cells in a row.
const N_COLUMNS: usize = 20;
const WIDTH: usize = N_COLUMNS * SIDE;
const CELL_HEIGHT: usize = SIDE + 8;
/// Where the label begins in a cell.
const LABEL_ROW: usize = SIDE + 2;
const LABEL_COLUMN: usize = 12;

/// The labels, five rows of three pixels each, the first row in the highest bits.
const FONT: [u16; 10] = [
    0b111_101_101_101_111,
    0b010_110_010_010_111,
    0b111_001_111_100_111,
    0b111_001_111_001_111,
    0b101_101_111_001_001,
    0b111_100_111_001_111,
    0b111_100_111_101_111,
    0b111_001_010_010_010,
    0b111_101_111_101_111,
    0b111_101_111_001_111,
];
/// Rows and columns of a label.
const FONT_SIZE: [usize; 2] = [5, 3];

/// The sheet of some digits; of none, a white row.
#[must_use]
pub fn write(digits: &[OwnDigit]) -> Option<GreyImage> {
    let height = digits.len().div_ceil(N_COLUMNS).max(1) * CELL_HEIGHT;
    let mut pixels = vec![255; WIDTH * height];
    for (digit_idx, digit) in digits.iter().enumerate() {
        let [top, left] = place(digit_idx);
        for (row, bytes) in digit.image().bytes().chunks_exact(SIDE).enumerate() {
            let start = (top + row) * WIDTH + left;
            pixels[start..start + SIDE].iter_mut().zip(bytes).for_each(|(pixel, ink)| *pixel = 255 - ink);
        }
        for [row, column] in label_pixels() {
            if is_set(digit.label(), [row, column]) {
                pixels[(top + LABEL_ROW + row) * WIDTH + left + LABEL_COLUMN + column] = 0;
            }
        }
    }
    GreyImage::new(WIDTH, height, pixels)
}

/// The digits of a sheet; `None` for other pictures, such as photos.
#[must_use]
pub fn read(image: &GreyImage) -> Option<Vec<OwnDigit>> {
    let is_sheet = image.width() == WIDTH && image.height().is_multiple_of(CELL_HEIGHT);
    let n_cells = N_COLUMNS * (image.height() / CELL_HEIGHT);
    if !is_sheet || n_cells > MAX_OWN_DIGITS.next_multiple_of(N_COLUMNS) {
        return None;
    }
    let mut digits = Vec::new();
    let mut is_over = false;
    for cell_idx in 0..n_cells {
        let [top, left] = place(cell_idx);
        let ink = |row: usize, column: usize| 255 - image.pixels()[(top + row) * WIDTH + left + column];
        let is_black = |[row, column]: [usize; 2]| ink(LABEL_ROW + row, LABEL_COLUMN + column) > 127;
        let n_black = label_pixels().filter(|at| is_black(*at)).count();
        let label = (0..10).find(|label| label_pixels().all(|at| is_black(at) == is_set(*label, at)));
        match label {
            // After the last digit there is none.
            Some(label) if !is_over => {
                let pixels: Vec<u8> = (0..N_PIXELS).map(|idx| ink(idx / SIDE, idx % SIDE)).collect();
                digits.push(OwnDigit::new(label, DigitImage::from_bytes(&pixels)?)?);
            }
            None if n_black == 0 => is_over = true,
            _ => return None,
        }
    }
    (!digits.is_empty()).then_some(digits)
}

/// Row and column of a cell's left upper pixel.
fn place(cell_idx: usize) -> [usize; 2] {
    [cell_idx / N_COLUMNS * CELL_HEIGHT, cell_idx % N_COLUMNS * SIDE]
}

fn label_pixels() -> impl Iterator<Item = [usize; 2]> {
    let [n_rows, n_columns] = FONT_SIZE;
    (0..n_rows * n_columns).map(move |idx| [idx / n_columns, idx % n_columns])
}

/// Whether a pixel of a label is black.
fn is_set(label: u8, [row, column]: [usize; 2]) -> bool {
    let [n_rows, n_columns] = FONT_SIZE;
    FONT[usize::from(label)] >> (n_rows * n_columns - 1 - (row * n_columns + column)) & 1 == 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::csv::tests::some_digits;
    use super::*;

    #[test]
    fn a_sheet_that_is_written_is_read() {
        for n in [1, 20, 21, MAX_OWN_DIGITS] {
            let digits = some_digits(n);
            let sheet = write(&digits).unwrap();
            assert_eq!((sheet.width(), sheet.height()), (560, 36 * n.div_ceil(20)));
            assert_eq!(read(&sheet), Some(digits));
        }
    }

    #[test]
    fn other_pictures_are_no_sheets() {
        assert_eq!(read(&write(&[]).unwrap()), None, "a white one");
        assert_eq!(read(&GreyImage::new(560, 36, vec![0; 560 * 36]).unwrap()), None, "a black one");
        assert_eq!(read(&GreyImage::new(560, 40, vec![255; 560 * 40]).unwrap()), None);
        let mut pixels = write(&some_digits(3)).unwrap().pixels().to_vec();
        pixels[(LABEL_ROW + 1) * WIDTH + LABEL_COLUMN + 1] ^= 255;
        assert_eq!(read(&GreyImage::new(560, 36, pixels).unwrap()), None, "a label with a blot");
    }
}
