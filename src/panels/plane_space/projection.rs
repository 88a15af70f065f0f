//! From the plane and from a layer's space to one picture, and all that lies between.

use crate::plot::ticks::rounded;
use crate::protocol::questions::{NextLine, PlaneSpaceAnswer};
use inkling_engine::data::PLANE_RADIUS;
use inkling_engine::experiment::Activation;

/// What lies along both axes of the layer's space: low and high.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpaceFrame {
    /// Across and up.
    pub axes: [[f64; 2]; 2],
    /// Whether the layer has one unit: the vertical stays x₂ then.
    pub is_single: bool,
}

/// The plane's own axes.
pub const PLANE_AXES: [[f64; 2]; 2] = [[-PLANE_RADIUS, PLANE_RADIUS]; 2];

impl SpaceFrame {
    /// Room for all that the activation can give, or for all that is there.
    #[must_use]
    pub fn of(answer: &PlaneSpaceAnswer, activation: Activation, is_single: bool) -> SpaceFrame {
        let axis = |idx: usize| match activation {
            Activation::Tanh => [-1.1, 1.1],
            Activation::Sigmoid | Activation::Softmax => [-0.05, 1.05],
            _ => {
                let values = answer.grid().chain(answer.points().map(|point| point.after)).map(|place| place[idx]);
                let finite = values.filter(|value| value.is_finite()).map(f64::from);
                let (low, high) =
                    finite.fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
                if high > low { rounded(low, high, 5).into() } else { [-1.0, 1.0] }
            }
        };
        SpaceFrame { axes: [axis(0), if is_single { PLANE_AXES[1] } else { axis(1) }], is_single }
    }

    /// Where a place comes to lie on the picture, from −1 to 1 to the right and up: `share` of the way from its place on
    /// the plane to that in the layer's space. `None` for what is no number.
    #[must_use]
    pub fn place(&self, before: [f64; 2], after: [f32; 2], share: f64) -> Option<[f64; 2]> {
        let after = self.shared(after.map(f64::from), before[1]);
        let between = |idx: usize| before[idx] / PLANE_RADIUS * (1.0 - share) + after[idx] * share;
        let place = [between(0), between(1)];
        place.iter().all(|at| at.is_finite()).then_some(place)
    }

    fn shared(&self, after: [f64; 2], x2: f64) -> [f64; 2] {
        let after = if self.is_single { [after[0], x2] } else { after };
        let share = |idx: usize| {
            let [low, high] = self.axes[idx];
            2.0 * (after[idx] - low) / (high - low) - 1.0
        };
        [share(0), share(1)]
    }

    /// What is at a place of the picture, from −1 to 1: on the plane, or in the layer's space if `is_after`.
    #[must_use]
    pub fn value_at(&self, place: [f64; 2], is_after: bool) -> [f64; 2] {
        let axes = if is_after { self.axes } else { PLANE_AXES };
        let value = |idx: usize| axes[idx][0] + (place[idx] + 1.0) / 2.0 * (axes[idx][1] - axes[idx][0]);
        [value(0), value(1)]
    }

    /// The ends of the next layer's line on the picture; `None` if it does not cross it.
    #[must_use]
    pub fn line(&self, next: &NextLine) -> Option<[[f64; 2]; 2]> {
        let [wa, wb] = next.weights.map(f64::from);
        let bias = f64::from(next.bias);
        let [[left, right], [low, high]] = self.axes;
        if !(wa.is_finite() && wb.is_finite() && bias.is_finite()) {
            return None;
        }
        let mut ends: Vec<[f64; 2]> = Vec::new();
        let mut add = |end: [f64; 2]| {
            let is_inside = (left..=right).contains(&end[0]) && (low..=high).contains(&end[1]);
            let is_new = ends.iter().all(|other| (other[0] - end[0]).abs() + (other[1] - end[1]).abs() > 1e-9);
            if is_inside && is_new {
                ends.push(end);
            }
        };
        if wb != 0.0 {
            [left, right].iter().for_each(|a| add([*a, -(wa * a + bias) / wb]));
        }
        if wa != 0.0 {
            [low, high].iter().for_each(|b| add([-(wb * b + bias) / wa, *b]));
        }
        // The vertical of a single unit is x₂ itself.
        let picture = |end: &[f64; 2]| self.shared(*end, end[1]);
        match ends.as_slice() {
            [from, .., to] => Some([picture(from), picture(to)]),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;

    fn frame(activation: Activation, is_single: bool) -> SpaceFrame {
        let values = [[0.0; 2]; 2 * 13 * 49].concat().into_iter().chain([6.0, -6.0, 1.0, 3.7, -1.2]).collect();
        SpaceFrame::of(&PlaneSpaceAnswer { next: None, values }, activation, is_single)
    }

    #[test]
    fn a_place_goes_straight_from_before_to_after() {
        let frame = frame(Activation::Tanh, false);
        let at = |share| frame.place([6.0, -6.0], [0.0, 0.0], share).unwrap();
        assert_eq!((at(0.0), at(0.5), at(1.0)), ([1.0, -1.0], [0.5, -0.5], [0.0, 0.0]));
        assert_eq!(frame.place([0.0; 2], [f32::NAN, 0.0], 1.0), None);
    }

    #[test]
    fn axes_hold_all_there_is() {
        let [[left, right], [low, high]] = frame(Activation::Relu, false).axes;
        assert!(left <= 0.0 && right >= 3.7 && low <= -1.2 && high >= 0.0, "{left} {right} {low} {high}");
        assert_eq!(frame(Activation::Relu, true).axes[1], [-6.0, 6.0]);
        let back = frame(Activation::Tanh, false).value_at([0.0, 1.0], true);
        assert!(back[0].abs() < 1e-9 && (back[1] - 1.1).abs() < 1e-9);
    }

    #[test]
    fn the_line_ends_at_the_frame() {
        let frame = frame(Activation::Tanh, false);
        let line = |weights, bias| frame.line(&NextLine { weights, bias, n_others: 0 });
        let diagonal = line([1.0, -1.0], 0.0).unwrap();
        assert!(diagonal.iter().all(|[x, y]| (x - y).abs() < 1e-6 && (x.abs() - 1.0).abs() < 1e-6));
        assert_eq!(line([0.0, 0.0], 1.0), None);
        assert_eq!(line([1.0, 0.0], 5.0), None);
        let upright = line([1.0, 0.0], 0.0).unwrap();
        assert!(upright.iter().all(|[x, _]| x.abs() < 1e-9));
    }
}
