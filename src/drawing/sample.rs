//! The ready-made digit: a three, written in one stroke.

use super::InkPoint;
use std::f32::consts::PI;

/// Two bows, each an arc of an ellipse around its middle, from the upper left to the lower left.
pub(super) fn three() -> Vec<Vec<InkPoint>> {
    let upper = Bow { middle: [0.485, 0.325], half: [0.205, 0.165], from: -0.80 * PI, to: 0.46 * PI };
    let lower = Bow { middle: [0.475, 0.665], half: [0.245, 0.185], from: -0.46 * PI, to: 0.82 * PI };
    vec![upper.points().chain(lower.points()).collect()]
}

/// An arc; angles run clockwise from the right, as `y` runs down.
struct Bow {
    middle: [f32; 2],
    half: [f32; 2],
    from: f32,
    to: f32,
}

impl Bow {
    const N_POINTS: usize = 24;

    fn points(self) -> impl Iterator<Item = InkPoint> {
        (0..Bow::N_POINTS).map(move |point_idx| {
            let share = point_idx as f32 / (Bow::N_POINTS - 1) as f32;
            let angle = self.from + (self.to - self.from) * share;
            InkPoint::new(self.middle[0] + self.half[0] * angle.cos(), self.middle[1] + self.half[1] * angle.sin())
        })
    }
}
