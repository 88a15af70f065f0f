//! Scales: from a value to a pixel and back.

/// How values are spread along an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScaleKind {
    /// Equal differences are equally far apart.
    #[default]
    Linear,
    /// Equal ratios are equally far apart; only values above 0 have a place.
    Log,
}

/// A value range laid along a range of pixels, which may run downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    kind: ScaleKind,
    low: f64,
    high: f64,
    from_px: f64,
    to_px: f64,
}

impl Scale {
    /// Lays `low..=high` along `from_px..to_px`. A range without extent is widened; a log scale begins above 0.
    #[must_use]
    pub fn new(kind: ScaleKind, (low, high): (f64, f64), (from_px, to_px): (f64, f64)) -> Scale {
        let (low, high) = match kind {
            ScaleKind::Linear if high > low => (low, high),
            ScaleKind::Linear => (low - 0.5, low + 0.5),
            ScaleKind::Log => {
                let low = low.max(f64::MIN_POSITIVE);
                if high > low { (low, high) } else { (low / 2.0, low * 2.0) }
            }
        };
        Scale { kind, low, high, from_px, to_px }
    }

    /// The position of a value, in pixels; `None` if it has none (not finite, or not above 0 on a log scale).
    #[must_use]
    pub fn px(&self, value: f64) -> Option<f64> {
        let share = match self.kind {
            ScaleKind::Linear => (value - self.low) / (self.high - self.low),
            ScaleKind::Log if value > 0.0 => (value / self.low).ln() / (self.high / self.low).ln(),
            ScaleKind::Log => return None,
        };
        share.is_finite().then_some(self.from_px + share * (self.to_px - self.from_px))
    }

    /// The value at a pixel.
    #[must_use]
    pub fn value(&self, px: f64) -> f64 {
        let share = (px - self.from_px) / (self.to_px - self.from_px);
        match self.kind {
            ScaleKind::Linear => self.low + share * (self.high - self.low),
            ScaleKind::Log => self.low * (self.high / self.low).powf(share),
        }
    }

    /// How values are spread.
    #[must_use]
    pub fn kind(&self) -> ScaleKind {
        self.kind
    }

    /// The values at both ends.
    #[must_use]
    pub fn domain(&self) -> (f64, f64) {
        (self.low, self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_scale_may_run_downwards() {
        let scale = Scale::new(ScaleKind::Linear, (0.0, 2.0), (100.0, 0.0));
        assert_eq!([0.0, 1.0, 2.0].map(|value| scale.px(value)), [Some(100.0), Some(50.0), Some(0.0)]);
        assert_eq!(scale.value(25.0), 1.5);
        assert_eq!(scale.px(f64::NAN), None);
    }

    #[test]
    fn a_log_scale_has_no_place_for_zero() {
        let scale = Scale::new(ScaleKind::Log, (0.01, 1.0), (0.0, 200.0));
        assert!((scale.px(0.1).unwrap_or_default() - 100.0).abs() < 1e-9);
        assert!((scale.value(100.0) - 0.1).abs() < 1e-12);
        assert_eq!((scale.px(0.0), scale.px(-1.0)), (None, None));
    }

    #[test]
    fn a_single_value_is_in_the_middle() {
        for kind in [ScaleKind::Linear, ScaleKind::Log] {
            let middle = Scale::new(kind, (3.0, 3.0), (0.0, 10.0)).px(3.0).unwrap_or_default();
            assert!((middle - 5.0).abs() < 1e-9, "{kind:?}: {middle}");
        }
    }
}
