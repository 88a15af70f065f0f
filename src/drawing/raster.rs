//! Ink on a 28×28 grid: how dark each pixel becomes.

use super::{Drawing, Piece, SIDE, STROKE_WIDTH_PX, pieces};

/// Width of the soft edge of a stroke, in pixels: MNIST's strokes have 1.47 times as many pixels with any ink as they
/// have ink in all, and 0.56 times as many fully black ones, which a linear edge of 0.92 half-widths explains.
pub(super) const EDGE_PX: f32 = 1.1;

/// How a drawing is placed on the grid: `px = scale · pad + shift`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placement {
    pub scale: f32,
    pub shift: [f32; 2],
}

/// The ink of all strokes, `SIDE × SIDE` row by row in `[0, 1]`, in steps of 1/255 as in MNIST.
///
/// A pixel's ink depends on the distance `d` of its centre to the nearest line: full inside, none outside, linear
/// over an edge of [`EDGE_PX`]. The width of the lines does not grow with `placement.scale`.
pub(super) fn rasterise(drawing: &Drawing, placement: Placement) -> Vec<f32> {
    let mut pixels = vec![0.0; SIDE * SIDE];
    for_each_segment(drawing, placement, |from, to, weight| {
        ink_segment(&mut pixels, from, to, weight * STROKE_WIDTH_PX / 2.0);
    });
    for pixel in &mut pixels {
        *pixel = (*pixel * 255.0_f32).round() / 255.0;
    }
    pixels
}

/// Smallest and largest `[x, y]` of the middle of all lines on the pad; `None` without ink.
pub(super) fn bounds(drawing: &Drawing) -> Option<([f32; 2], [f32; 2])> {
    let mut bounds: Option<([f32; 2], [f32; 2])> = None;
    // Lengths of half a pixel of the grid are fine enough at any scale.
    let placement = Placement { scale: SIDE as f32, shift: [0.0, 0.0] };
    for_each_segment(drawing, placement, |from, to, _| {
        for point in [from, to] {
            let place = point.map(|px| px / SIDE as f32);
            let (low, high) = bounds.get_or_insert((place, place));
            for axis in 0..2 {
                low[axis] = low[axis].min(place[axis]);
                high[axis] = high[axis].max(place[axis]);
            }
        }
    });
    bounds
}

/// Cuts the smooth lines into straight segments of about half a pixel.
fn for_each_segment(drawing: &Drawing, placement: Placement, mut visit: impl FnMut([f32; 2], [f32; 2], f32)) {
    let place = |point: [f32; 2]| {
        [point[0] * placement.scale + placement.shift[0], point[1] * placement.scale + placement.shift[1]]
    };
    for piece in drawing.strokes().iter().flat_map(|stroke| pieces(stroke)) {
        let n_segments = n_segments(&piece, placement.scale);
        let mut from = place(piece.from);
        for segment_idx in 1..=n_segments {
            let to = place(piece.at(segment_idx as f32 / n_segments as f32));
            visit(from, to, piece.weight);
            from = to;
        }
    }
}

fn n_segments(piece: &Piece, scale: f32) -> usize {
    // At most 200: no piece is longer than the pad's diagonal.
    ((piece.max_length() * scale * 2.0).ceil() as usize).clamp(1, 200)
}

fn ink_segment(pixels: &mut [f32], from: [f32; 2], to: [f32; 2], radius: f32) {
    let reach = radius + EDGE_PX / 2.0;
    let span = |axis: usize| {
        let low = (from[axis].min(to[axis]) - reach).floor().max(0.0) as usize;
        let high = ((from[axis].max(to[axis]) + reach).ceil().max(0.0) as usize).min(SIDE);
        low..high
    };
    let columns = span(0);
    for row in span(1) {
        for column in columns.clone() {
            let distance = distance_to_segment([column as f32 + 0.5, row as f32 + 0.5], from, to);
            let ink = (0.5 + (radius - distance) / EDGE_PX).clamp(0.0, 1.0);
            let pixel = &mut pixels[row * SIDE + column];
            *pixel = pixel.max(ink);
        }
    }
}

fn distance_to_segment(point: [f32; 2], from: [f32; 2], to: [f32; 2]) -> f32 {
    let along = [to[0] - from[0], to[1] - from[1]];
    let offset = [point[0] - from[0], point[1] - from[1]];
    let length_squared = along[0] * along[0] + along[1] * along[1];
    let t = if length_squared == 0.0 {
        0.0
    } else {
        ((offset[0] * along[0] + offset[1] * along[1]) / length_squared).clamp(0.0, 1.0)
    };
    (offset[0] - t * along[0]).hypot(offset[1] - t * along[1])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::super::InkPoint;
    use super::*;

    fn line(from: (f32, f32), to: (f32, f32)) -> Drawing {
        let mut drawing = Drawing::default();
        drawing.begin(InkPoint::new(from.0, from.1));
        drawing.extend(InkPoint::new(to.0, to.1));
        drawing
    }

    const AS_DRAWN: Placement = Placement { scale: SIDE as f32, shift: [0.0, 0.0] };

    #[test]
    fn a_line_has_a_black_core_and_soft_edges() {
        // Along the middle of row 14's upper edge.
        let pixels = rasterise(&line((0.2, 0.5), (0.8, 0.5)), AS_DRAWN);
        let column: Vec<f32> = (0..SIDE).map(|row| pixels[row * SIDE + 14]).collect();
        assert_eq!(column[13], 1.0);
        assert_eq!(column[14], 1.0);
        assert!((column[12] - 0.227).abs() < 0.01 && (column[15] - 0.227).abs() < 0.01);
        assert_eq!(column[10], 0.0);
        let ink: f32 = column.iter().sum();
        assert!((ink - STROKE_WIDTH_PX).abs() < 0.1, "ink across the line is its width, got {ink}");
    }

    #[test]
    fn crossing_lines_are_not_darker_than_black() {
        let mut cross = line((0.2, 0.5), (0.8, 0.5));
        cross.begin(InkPoint::new(0.5, 0.2));
        cross.extend(InkPoint::new(0.5, 0.8));
        let pixels = rasterise(&cross, AS_DRAWN);
        assert!(pixels.iter().all(|&ink| (0.0..=1.0).contains(&ink)));
        assert_eq!(pixels[14 * SIDE + 14], 1.0, "where the lines cross");
    }

    #[test]
    fn bounds_are_those_of_the_lines_middle() {
        let (low, high) = bounds(&line((0.2, 0.3), (0.7, 0.9))).unwrap();
        for (got, expected) in [(low[0], 0.2), (low[1], 0.3), (high[0], 0.7), (high[1], 0.9)] {
            assert!((got - expected).abs() < 1e-5);
        }
        assert_eq!(bounds(&Drawing::default()), None);
    }
}
