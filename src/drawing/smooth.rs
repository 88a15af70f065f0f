//! A stroke as a smooth line: quadratic curves through the midpoints between the pen's positions.

use super::InkPoint;

/// One piece of a smooth line: a quadratic Bézier curve of even width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// Where it begins.
    pub from: [f32; 2],
    /// The control point, towards which it bends.
    pub control: [f32; 2],
    /// Where it ends.
    pub to: [f32; 2],
    /// Its width relative to [`STROKE_WIDTH`](super::STROKE_WIDTH).
    pub weight: f32,
}

impl Piece {
    /// The curve's point at `t` in `[0, 1]`.
    #[must_use]
    pub fn at(&self, t: f32) -> [f32; 2] {
        let s = 1.0 - t;
        let along = |axis: usize| s * s * self.from[axis] + 2.0 * s * t * self.control[axis] + t * t * self.to[axis];
        [along(0), along(1)]
    }

    /// At least the curve's length.
    #[must_use]
    pub fn max_length(&self) -> f32 {
        let distance = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
        distance(self.from, self.control) + distance(self.control, self.to)
    }

    fn line(from: [f32; 2], to: [f32; 2], weight: f32) -> Piece {
        Piece { from, control: middle(from, to), to, weight }
    }
}

/// The pieces of a stroke from its first point to its last: a straight one to the first midpoint, a curve around
/// every inner point, a straight one from the last midpoint. A single point gives one piece of no length.
pub fn pieces(stroke: &[InkPoint]) -> impl Iterator<Item = Piece> + '_ {
    (0..stroke.len()).map(|point_idx| piece(stroke, point_idx))
}

/// The piece around the point `point_idx`.
fn piece(stroke: &[InkPoint], point_idx: usize) -> Piece {
    let place = |idx: usize| [stroke[idx].x, stroke[idx].y];
    let here = place(point_idx);
    let weight = stroke[point_idx].weight;
    let before = point_idx.checked_sub(1).map(|idx| middle(place(idx), here));
    let after = (point_idx + 1 < stroke.len()).then(|| middle(here, place(point_idx + 1)));
    match (before, after) {
        (Some(from), Some(to)) => Piece { from, control: here, to, weight },
        (Some(from), None) => Piece::line(from, here, weight),
        (None, Some(to)) => Piece::line(here, to, weight),
        (None, None) => Piece::line(here, here, weight),
    }
}

fn middle(a: [f32; 2], b: [f32; 2]) -> [f32; 2] {
    [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    #[test]
    fn pieces_join_without_gap_from_first_point_to_last() {
        let stroke: Vec<_> = [(0.1, 0.2), (0.5, 0.2), (0.5, 0.7), (0.9, 0.9)].map(|(x, y)| InkPoint::new(x, y)).into();
        let pieces: Vec<_> = pieces(&stroke).collect();
        assert_eq!(pieces.len(), 4);
        assert_eq!(pieces[0].from, [0.1, 0.2]);
        assert_eq!(pieces[3].to, [0.9, 0.9]);
        assert!(pieces.windows(2).all(|pair| pair[0].to == pair[1].from));
    }

    #[test]
    fn joints_have_no_corners() {
        let stroke: Vec<_> = [(0.1, 0.1), (0.5, 0.1), (0.5, 0.5)].map(|(x, y)| InkPoint::new(x, y)).into();
        let curve = pieces(&stroke).nth(1).unwrap();
        let (near, far) = (curve.at(0.001), curve.at(0.999));
        assert!((near[1] - curve.from[1]).abs() < 1e-4, "leaves along the line before it");
        assert!((far[0] - curve.to[0]).abs() < 1e-4, "arrives along the line after it");
    }

    #[test]
    fn a_single_point_is_a_dot() {
        let dots: Vec<_> = pieces(&[InkPoint::new(0.3, 0.4)]).collect();
        assert_eq!(dots.len(), 1);
        assert_eq!(dots[0].max_length(), 0.0);
        assert_eq!(pieces(&[]).count(), 0);
    }
}
