//! Statistics of a layer's values: least, greatest, share of zeros; for the whole layer and for each channel.

use ndarray::ArrayView3;

/// Statistics of a layer.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerStats {
    /// Least and greatest value of all; zeros if there is none.
    pub range: Range,
    /// Values that are exactly zero.
    pub n_zeros: usize,
    /// Values that are not a number or infinite; they count nowhere else.
    pub n_not_finite: usize,
    /// Values in all.
    pub n_values: usize,
    /// Least and greatest value of each channel.
    pub channels: Vec<Range>,
}

/// Least and greatest value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The least.
    pub min: f32,
    /// The greatest.
    pub max: f32,
}

impl Range {
    const NOTHING: Range = Range { min: f32::INFINITY, max: f32::NEG_INFINITY };

    /// The range of both together.
    #[must_use]
    pub fn with(self, other: Range) -> Range {
        Range { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    fn or_zero(self) -> Range {
        if self.min > self.max { Range { min: 0.0, max: 0.0 } } else { self }
    }
}

impl LayerStats {
    /// The statistics of a layer's output `[height, width, channels]`.
    #[must_use]
    pub fn of(values: ArrayView3<'_, f32>) -> LayerStats {
        let mut channels = vec![Range::NOTHING; values.dim().2];
        let (mut n_zeros, mut n_not_finite) = (0, 0);
        for cell in values.rows() {
            for (range, &value) in channels.iter_mut().zip(cell) {
                if value.is_finite() {
                    *range = range.with(Range { min: value, max: value });
                    n_zeros += usize::from(value == 0.0);
                } else {
                    n_not_finite += 1;
                }
            }
        }
        let range = channels.iter().copied().fold(Range::NOTHING, Range::with).or_zero();
        let channels = channels.into_iter().map(Range::or_zero).collect();
        LayerStats { range, n_zeros, n_not_finite, n_values: values.len(), channels }
    }

    /// Share of exact zeros, in `[0, 1]`.
    #[must_use]
    pub fn zero_share(&self) -> f64 {
        if self.n_values == 0 { 0.0 } else { self.n_zeros as f64 / self.n_values as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn statistics_are_by_channel_and_for_the_layer() {
        let stats = LayerStats::of(array![[[0.0, -1.0], [2.0, 0.0], [1.0, 3.0]]].view());
        assert_eq!(stats.range, Range { min: -1.0, max: 3.0 });
        assert_eq!(stats.channels, [Range { min: 0.0, max: 2.0 }, Range { min: -1.0, max: 3.0 }]);
        assert_eq!((stats.n_zeros, stats.n_values), (2, 6));
        assert!((stats.zero_share() - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn values_that_are_not_finite_are_only_counted() {
        let stats = LayerStats::of(array![[[f32::NAN], [f32::INFINITY], [0.5], [f32::NEG_INFINITY]]].view());
        assert_eq!(stats.range, Range { min: 0.5, max: 0.5 });
        assert_eq!(stats.n_not_finite, 3);
        let nothing = LayerStats::of(array![[[f32::NAN]]].view());
        assert_eq!(nothing.range, Range { min: 0.0, max: 0.0 });
        assert_eq!(LayerStats::of(ArrayView3::from_shape([0, 0, 3], &[]).unwrap()).zero_share(), 0.0);
    }
}
