//! Thicker and thinner strokes: grey dilation and erosion.
//!
//! One pixel thicker: each pixel becomes the greatest of itself and its four neighbours; one pixel thinner: the least, where
//! outside of the image there is paper. Between whole numbers of pixels the two nearest images are mixed: `n + f` pixels are
//! `(1 − f) · image_n + f · image_{n+1}`.

/// The image with strokes that are `px` pixels thicker on each side; thinner, where `px` is below 0.
///
/// # Shapes
/// image and result `[side, side]`
pub fn change(image: &[f32], side: usize, px: f64) -> Vec<f32> {
    let pick = if px < 0.0 { f32::min } else { f32::max };
    let (n_whole, rest) = (px.abs() as usize, px.abs().fract() as f32);
    // After as many rounds as the image has rows nothing changes any more.
    let whole = (0..n_whole.min(side)).fold(image.to_vec(), |image, _| round(&image, side, pick));
    if rest == 0.0 {
        return whole;
    }
    let next = round(&whole, side, pick);
    whole.iter().zip(next).map(|(now, next)| (1.0 - rest) * now + rest * next).collect()
}

fn round(image: &[f32], side: usize, pick: fn(f32, f32) -> f32) -> Vec<f32> {
    let at = |row: Option<usize>, column: Option<usize>| match (row, column) {
        (Some(row), Some(column)) if row < side && column < side => image[row * side + column],
        _ => 0.0,
    };
    let pixel = |pixel_idx: usize| {
        let (row, column) = (pixel_idx / side, pixel_idx % side);
        let vertical = [at(row.checked_sub(1), Some(column)), at(Some(row + 1), Some(column))];
        let horizontal = [at(Some(row), column.checked_sub(1)), at(Some(row), Some(column + 1))];
        vertical.into_iter().chain(horizontal).fold(image[pixel_idx], pick)
    };
    (0..image.len()).map(pixel).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{SIDE, digit, ink};
    use super::*;

    #[test]
    fn a_dot_grows_to_a_diamond_and_shrinks_back() {
        let mut dot = vec![0.0; SIDE * SIDE];
        dot[5 * SIDE + 9] = 0.75;
        let grown = change(&dot, SIDE, 2.0);
        assert_eq!(ink(&grown), 13.0 * 0.75);
        assert_eq!((grown[3 * SIDE + 9], grown[4 * SIDE + 8], grown[3 * SIDE + 8]), (0.75, 0.75, 0.0));
        assert_eq!(change(&grown, SIDE, -2.0), dot);
        assert_eq!(ink(&change(&dot, SIDE, -1.0)), 0.0);
    }

    #[test]
    fn half_a_pixel_lies_halfway() {
        let (thin, thick) = (digit(), change(&digit(), SIDE, 1.0));
        let between = change(&digit(), SIDE, 0.5);
        assert!((0..SIDE * SIDE).all(|idx| (between[idx] - (thin[idx] + thick[idx]) / 2.0).abs() < 1e-6));
    }

    #[test]
    fn thickness_orders_images() {
        let inks = [-1.0, -0.5, 0.0, 0.5, 1.0, 2.5].map(|px| ink(&change(&digit(), SIDE, px)));
        assert!(inks.is_sorted() && inks[0] < inks[5], "{inks:?}");
        assert!(change(&digit(), SIDE, 1e9).iter().all(|pixel| *pixel == 1.0), "all is ink");
    }
}
