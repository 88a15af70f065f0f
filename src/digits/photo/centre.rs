//! A piece of ink as an image like MNIST's: strokes of MNIST's width, fitted into 20×20, centre of mass at the centre of 28×28.

use super::super::DigitImage;
use super::Ink;
use super::pieces::Frame;
use crate::drawing::{CENTRE_PX, SIDE, STROKE_WIDTH_PX, centre_of_mass};

/// Side of the box that the ink has to fit, in pixels.
const BOX_PX: f32 = 20.0;

/// Ink in a frame of its own.
struct Patch {
    width: usize,
    height: usize,
    ink: Vec<f32>,
}

/// The image of the ink in a frame, of the pixels that belong to it and those beside them.
pub(super) fn centred(ink: &Ink, frame: Frame, is_own: impl Fn(usize) -> bool) -> Option<DigitImage> {
    let radius = thickening(ink, frame, &is_own);
    let patch = thickened(&cut(ink, frame, 1 + radius, is_own), radius);
    let scale = BOX_PX / patch.width.max(patch.height).saturating_sub(2).max(1) as f32;
    let half = [patch.width, patch.height].map(|side| scale * side as f32 / 2.0);
    let mut shift = half.map(|half| CENTRE_PX - half);
    let mut image = scaled(&patch, scale, shift);
    // Shifted so that the centre of mass is at the centre, as far as all ink stays on the paper.
    if let Some(centre) = centre_of_mass(&image) {
        for axis in 0..2 {
            let most = (SIDE as f32 - 2.0 * half[axis]).max(0.0);
            shift[axis] = (shift[axis] + CENTRE_PX - centre[axis]).clamp(0.0, most);
        }
        image = scaled(&patch, scale, shift);
    }
    DigitImage::from_ink(&image)
}

/// The ink of a frame with a margin around it.
fn cut(ink: &Ink, frame: Frame, margin: usize, is_own: impl Fn(usize) -> bool) -> Patch {
    let (width, height) = (frame.width() + 2 * margin, frame.height() + 2 * margin);
    let idx_of = |row: usize, column: usize| {
        let row = (frame.top + row).checked_sub(margin).filter(|row| *row < ink.height)?;
        let column = (frame.left + column).checked_sub(margin).filter(|column| *column < ink.width)?;
        Some(row * ink.width + column)
    };
    let is_own_at = |row: usize, column: usize| idx_of(row, column).is_some_and(&is_own);
    let mut pixels = Vec::with_capacity(width * height);
    for row in 0..height {
        for column in 0..width {
            // The soft edge of a stroke belongs to it.
            let is_near = (row.saturating_sub(1)..row + 2)
                .any(|row| (column.saturating_sub(1)..column + 2).any(|column| is_own_at(row, column)));
            pixels.push(idx_of(row, column).filter(|_| is_near).map_or(0.0, |idx| ink.amount[idx]));
        }
    }
    Patch { width, height, ink: pixels }
}

/// By how many pixels strokes have to grow to each side, so that they are as wide as MNIST's when the digit is fitted.
fn thickening(ink: &Ink, frame: Frame, is_own: impl Fn(usize) -> bool) -> usize {
    let (mut n_ink, mut n_edge) = (0.0_f32, 0.0_f32);
    let is_ink = |row: usize, column: usize| column < ink.width && row < ink.height && is_own(row * ink.width + column);
    for row in frame.top..frame.bottom {
        for column in frame.left..frame.right {
            if is_ink(row, column) {
                n_ink += 1.0;
                let before = [(row.wrapping_sub(1), column), (row, column.wrapping_sub(1))];
                let beside = before.into_iter().chain([(row + 1, column), (row, column + 1)]);
                n_edge += beside.filter(|(row, column)| !is_ink(*row, *column)).count() as f32;
            }
        }
    }
    // A stroke has two long sides; those of a slanted one are counted as stairs, 4/π times as long on average.
    let width = 2.0 * n_ink / (n_edge * std::f32::consts::FRAC_PI_4).max(1.0);
    let share = STROKE_WIDTH_PX / BOX_PX;
    let side = frame.width().max(frame.height()) as f32;
    ((share * side - width) / (2.0 - 2.0 * share)).round().max(0.0) as usize
}

/// Each pixel becomes the largest within a disc around it.
fn thickened(patch: &Patch, radius: usize) -> Patch {
    let (width, height) = (patch.width as isize, patch.height as isize);
    let mut ink = patch.ink.clone();
    let reach = radius as isize;
    for row_by in -reach..=reach {
        let half = ((reach * reach - row_by * row_by) as f32).sqrt() as isize;
        for row in 0..height {
            let from = row + row_by;
            if !(0..height).contains(&from) {
                continue;
            }
            for column in (0..width).filter(|column| patch.ink[(from * width + column) as usize] > 0.0) {
                let value = patch.ink[(from * width + column) as usize];
                for to in (column - half).max(0)..(column + half + 1).min(width) {
                    let pixel = &mut ink[(row * width + to) as usize];
                    *pixel = pixel.max(value);
                }
            }
        }
    }
    Patch { width: patch.width, height: patch.height, ink }
}

/// The patch times `scale`, its left upper corner at `shift` (x, y) of 28×28: each pixel is the mean of what it covers.
fn scaled(patch: &Patch, scale: f32, [left, top]: [f32; 2]) -> Vec<f32> {
    let columns = covered(patch.width, scale, left);
    let rows = covered(patch.height, scale, top);
    let mut image = vec![0.0; SIDE * SIDE];
    for (source_row, shares) in rows.iter().enumerate() {
        for (row, in_row) in shares {
            for (source_column, shares) in columns.iter().enumerate() {
                let ink = patch.ink[source_row * patch.width + source_column];
                if ink > 0.0 {
                    shares.iter().for_each(|(column, share)| image[row * SIDE + column] += ink * in_row * share);
                }
            }
        }
    }
    image
}

/// For each source pixel along an axis: the pixels of 28 that it covers, each with the share of it that is covered.
fn covered(n: usize, scale: f32, shift: f32) -> Vec<Vec<(usize, f32)>> {
    let of = |source: usize| {
        let (low, high) = (shift + scale * source as f32, shift + scale * (source + 1) as f32);
        let (first, last) = (low.floor().max(0.0) as usize, (high.ceil().max(0.0) as usize).min(SIDE));
        (first..last)
            .map(|place| (place, high.min((place + 1) as f32) - low.max(place as f32)))
            .filter(|(_, share)| *share > 0.0)
            .collect()
    };
    (0..n).map(of).collect()
}
