//! The pen: how wide the line is at each position.

/// A position of the pen and how much ink it leaves there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InkPoint {
    /// From the left, in `[0, 1]`.
    pub x: f32,
    /// From the top, in `[0, 1]`.
    pub y: f32,
    /// Width relative to [`STROKE_WIDTH`](super::STROKE_WIDTH), in `[0.75, 1.25]`.
    pub weight: f32,
}

impl InkPoint {
    /// A point of weight 1, moved onto the pad if it is outside.
    #[must_use]
    pub fn new(x: f32, y: f32) -> InkPoint {
        InkPoint { x: x.clamp(0.0, 1.0), y: y.clamp(0.0, 1.0), weight: 1.0 }
    }

    pub(super) fn distance(self, other: InkPoint) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A pen on its way along one stroke.
///
/// The pressure of a real pen sets the width. A mouse or a finger has none, so speed is used instead: a quick line is
/// a little thinner, as with ink. The width changes smoothly, whatever the rate of the events.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    has_pressure: bool,
    last: InkPoint,
    last_ms: f64,
}

impl Pen {
    const LIGHTEST: f32 = 0.75;
    const HEAVIEST: f32 = 1.25;
    /// Speed at which a line without pressure is thinnest, in pads per millisecond.
    const FASTEST: f32 = 0.006;
    /// Time constant of the width: after so many milliseconds it has made 63 % of a change.
    const LAG_MS: f64 = 40.0;
    /// Steps shorter than this are noise and would only make the line shaky.
    const MIN_STEP: f32 = 0.003;

    /// Puts the pen down. `pressure` is in `[0, 1]` and `None` for devices without it.
    #[must_use]
    pub fn down(x: f32, y: f32, pressure: Option<f32>, time_ms: f64) -> Pen {
        let mut last = InkPoint::new(x, y);
        last.weight = pressure.map_or(1.0, Pen::weight_under);
        Pen { has_pressure: pressure.is_some(), last, last_ms: time_ms }
    }

    /// Where the pen is.
    #[must_use]
    pub fn point(&self) -> InkPoint {
        self.last
    }

    /// Moves the pen; `None` if the step is too short to matter.
    pub fn move_to(&mut self, x: f32, y: f32, pressure: f32, time_ms: f64) -> Option<InkPoint> {
        let mut point = InkPoint::new(x, y);
        let step = point.distance(self.last);
        if step < Pen::MIN_STEP {
            return None;
        }
        let elapsed_ms = (time_ms - self.last_ms).max(0.1);
        let target = if self.has_pressure {
            Pen::weight_under(pressure)
        } else {
            let speed = (step / elapsed_ms as f32 / Pen::FASTEST).min(1.0);
            1.0 - (1.0 - Pen::LIGHTEST) * speed
        };
        let share = 1.0 - (-elapsed_ms / Pen::LAG_MS).exp();
        point.weight = self.last.weight + (target - self.last.weight) * share as f32;
        (self.last, self.last_ms) = (point, time_ms);
        Some(point)
    }

    fn weight_under(pressure: f32) -> f32 {
        Pen::LIGHTEST + (Pen::HEAVIEST - Pen::LIGHTEST) * pressure.clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]
    use super::*;

    #[test]
    fn a_mouse_runs_thinner_when_quick() {
        let weight_after = |step_ms: f64| {
            let mut pen = Pen::down(0.0, 0.5, None, 0.0);
            for step in 1..=20 {
                pen.move_to(step as f32 * 0.03, 0.5, 0.5, f64::from(step) * step_ms);
            }
            pen.point().weight
        };
        assert!(weight_after(100.0) > 0.98);
        assert!(weight_after(4.0) < 0.85);
        assert!(weight_after(0.0) >= Pen::LIGHTEST);
    }

    #[test]
    fn a_pen_follows_its_pressure() {
        let mut pen = Pen::down(0.1, 0.1, Some(0.0), 0.0);
        assert_eq!(pen.point().weight, 0.75);
        let pressed = pen.move_to(0.2, 0.1, 1.0, 1_000.0).unwrap();
        assert!((pressed.weight - 1.25).abs() < 1e-3);
    }

    #[test]
    fn trembling_leaves_no_ink_and_nothing_leaves_the_pad() {
        let mut pen = Pen::down(0.5, 0.5, None, 0.0);
        assert_eq!(pen.move_to(0.501, 0.5, 0.5, 8.0), None);
        let outside = pen.move_to(1.7, -0.2, 0.5, 16.0).unwrap();
        assert_eq!((outside.x, outside.y), (1.0, 0.0));
    }
}
