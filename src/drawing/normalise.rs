//! MNIST's own recipe: ink fitted into 20×20, then its centre of mass put at the centre of 28×28.
//!
//! LeCun, Cortes, Burges, "The MNIST database of handwritten digits": "size normalized to fit in a 20x20 pixel box
//! while preserving their aspect ratio", "grey levels as a result of the anti-aliasing", "centered in a 28x28 image
//! by computing the center of mass of the pixels". Here the strokes themselves are scaled, so that lines keep MNIST's
//! width whatever the size of the drawing.

use super::raster::{EDGE_PX, Placement, bounds, rasterise};
use super::{Drawing, SIDE, STROKE_WIDTH_PX};

/// Side of the box that the ink has to fit, in pixels.
const BOX_PX: f32 = 20.0;
/// Width of a line with its soft edges, in pixels.
const LINE_PX: f32 = STROKE_WIDTH_PX + EDGE_PX;
/// Where the ink's centre of mass goes, in pixels from the corner. MNIST shifted its images by whole pixels to row and
/// column 14, whose middle is 14.5: the centres of its images lie in 14.0..=15.0. The centre of the paper is 14. This
/// value fits both.
pub const CENTRE_PX: f32 = 14.25;
/// The largest factor by which a drawing is enlarged, so that a dot stays a dot.
const MAX_ENLARGEMENT: f32 = 4.0;

/// The image without the recipe: the pad as it is, shrunk to 28×28. Row by row in `[0, 1]`, ink = 1.
#[must_use]
pub fn as_drawn(drawing: &Drawing) -> Vec<f32> {
    rasterise(drawing, Placement { scale: SIDE as f32, shift: [0.0, 0.0] })
}

/// The image by MNIST's recipe; empty paper stays empty. Row by row in `[0, 1]`, ink = 1.
///
/// The centre of mass is moved to the centre, as far as that keeps all ink on the paper.
#[must_use]
pub fn centred(drawing: &Drawing) -> Vec<f32> {
    let Some((low, high)) = bounds(drawing) else { return as_drawn(drawing) };
    let extent = (high[0] - low[0]).max(high[1] - low[1]);
    let scale = ((BOX_PX - LINE_PX) / extent.max(f32::EPSILON)).min(MAX_ENLARGEMENT * SIDE as f32);
    let mut shift = [0, 1].map(|axis| CENTRE_PX - scale * (low[axis] + high[axis]) / 2.0);
    let mut pixels = rasterise(drawing, Placement { scale, shift });
    // Shifting changes how the ink is spread over pixels; two passes are exact to a few hundredths of a pixel.
    for _ in 0..2 {
        let Some(centre) = centre_of_mass(&pixels) else { break };
        for axis in 0..2 {
            let least = LINE_PX / 2.0 - scale * low[axis];
            let most = SIDE as f32 - LINE_PX / 2.0 - scale * high[axis];
            shift[axis] = (shift[axis] + CENTRE_PX - centre[axis]).clamp(least, most);
        }
        pixels = rasterise(drawing, Placement { scale, shift });
    }
    pixels
}

/// `[x, y]` of the ink's centre of mass, in pixels from the upper left corner; `None` without ink.
#[must_use]
pub fn centre_of_mass(pixels: &[f32]) -> Option<[f32; 2]> {
    let ink: f32 = pixels.iter().sum();
    if ink <= 0.0 {
        return None;
    }
    let moment = |place: fn(usize) -> usize| {
        let sum: f32 = pixels.iter().enumerate().map(|(idx, pixel)| pixel * (place(idx) as f32 + 0.5)).sum();
        sum / ink
    };
    Some([moment(|idx| idx % SIDE), moment(|idx| idx / SIDE)])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::super::InkPoint;
    use super::*;

    /// A drawing through `points`, scaled and shifted.
    fn stroke(points: &[(f32, f32)], scale: f32, shift: (f32, f32)) -> Drawing {
        let mut drawing = Drawing::default();
        for &(x, y) in points {
            drawing.extend(InkPoint::new(x * scale + shift.0, y * scale + shift.1));
        }
        drawing
    }

    const SEVEN: &[(f32, f32)] = &[(0.2, 0.2), (0.4, 0.2), (0.6, 0.2), (0.55, 0.4), (0.5, 0.6), (0.45, 0.8)];

    fn ink_box(pixels: &[f32]) -> (usize, usize) {
        let inked: Vec<usize> = (0..SIDE * SIDE).filter(|&idx| pixels[idx] > 0.0).collect();
        let extent = |place: fn(usize) -> usize| {
            let places = || inked.iter().map(|&idx| place(idx));
            places().max().unwrap() - places().min().unwrap() + 1
        };
        (extent(|idx| idx % SIDE), extent(|idx| idx / SIDE))
    }

    #[test]
    fn the_centre_of_mass_is_the_centre() {
        for (scale, shift) in [(1.0, (0.0, 0.0)), (0.5, (0.4, 0.1)), (0.5, (-0.05, 0.45)), (1.2, (0.0, 0.0))] {
            let centre = centre_of_mass(&centred(&stroke(SEVEN, scale, shift))).unwrap();
            for along in centre {
                assert!((along - CENTRE_PX).abs() < 0.1, "scale {scale}, shift {shift:?}: centre {centre:?}");
            }
        }
    }

    #[test]
    fn ink_fills_the_box_of_twenty_and_keeps_its_aspect() {
        let (width, height) = ink_box(&centred(&stroke(SEVEN, 1.0, (0.0, 0.0))));
        assert!((20..=21).contains(&height), "height {height}");
        assert!((13..=16).contains(&width), "width {width}");
        let (wide, low) = ink_box(&centred(&stroke(&[(0.1, 0.5), (0.9, 0.5)], 1.0, (0.0, 0.0))));
        assert!((20..=21).contains(&wide) && low <= 5, "{wide} × {low}");
    }

    #[test]
    fn size_and_place_on_the_pad_do_not_matter() {
        let large = centred(&stroke(SEVEN, 1.0, (0.0, 0.0)));
        for (scale, shift) in [(0.5, (0.1, 0.3)), (0.4, (0.6, 0.0)), (0.3, (0.0, 0.7))] {
            let small = centred(&stroke(SEVEN, scale, shift));
            let difference: f32 = large.iter().zip(&small).map(|(a, b)| (a - b).abs()).sum();
            let ink: f32 = large.iter().sum();
            assert!(difference < 0.03 * ink, "scale {scale}: differs by {difference} of {ink}");
        }
    }

    #[test]
    fn an_empty_drawing_is_an_empty_image() {
        assert_eq!(centred(&Drawing::default()), vec![0.0; SIDE * SIDE]);
        assert_eq!(as_drawn(&Drawing::default()), vec![0.0; SIDE * SIDE]);
        assert_eq!(centre_of_mass(&[0.0; SIDE * SIDE]), None);
    }

    #[test]
    fn a_single_dot_stays_a_dot_at_the_centre() {
        for place in [(0.0, 0.0), (0.5, 0.5), (1.0, 0.3)] {
            let pixels = centred(&stroke(&[place], 1.0, (0.0, 0.0)));
            let centre = centre_of_mass(&pixels).unwrap();
            assert!(centre.iter().all(|along| (along - CENTRE_PX).abs() < 0.1), "{centre:?}");
            let (width, height) = ink_box(&pixels);
            assert!(width <= 5 && height <= 5, "{width} × {height}");
        }
    }

    #[test]
    fn lopsided_ink_stays_on_the_paper() {
        // Nearly all ink in the upper left corner, and one long thin tail.
        let mut drawing = Drawing::default();
        for turn in 0..200 {
            let angle = turn as f32;
            drawing.extend(InkPoint::new(0.2 + 0.06 * angle.cos(), 0.2 + 0.06 * angle.sin()));
        }
        drawing.extend(InkPoint::new(0.95, 0.95));
        let pixels = centred(&drawing);
        let rim = (0..SIDE).flat_map(|k| [k, (SIDE - 1) * SIDE + k, k * SIDE, k * SIDE + SIDE - 1]);
        assert!(rim.map(|idx| pixels[idx]).sum::<f32>() < 1.5);
    }

    #[test]
    fn ink_looks_like_mnists() {
        // Means over MNIST's training images: 99.5 ink, 146 pixels with any, 55 of at least 250/255.
        let pixels = centred(&Drawing::sample());
        let ink: f32 = pixels.iter().sum();
        let n_inked = pixels.iter().filter(|&&pixel| pixel > 0.0).count() as f32;
        let n_black = pixels.iter().filter(|&&pixel| pixel >= 250.0 / 255.0).count() as f32;
        assert!((80.0..140.0).contains(&ink), "ink {ink}");
        assert!((1.35..1.6).contains(&(n_inked / ink)), "{n_inked} inked of {ink}");
        assert!((0.45..0.65).contains(&(n_black / ink)), "{n_black} black of {ink}");
    }

    #[test]
    fn as_drawn_keeps_place_and_size() {
        let pixels = as_drawn(&stroke(&[(0.25, 0.25)], 1.0, (0.0, 0.0)));
        let centre = centre_of_mass(&pixels).unwrap();
        assert!((centre[0] - 7.0).abs() < 0.05 && (centre[1] - 7.0).abs() < 0.05, "{centre:?}");
    }
}
