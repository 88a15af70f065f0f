//! Figures about many numbers: weights, activations or gradients.

use serde::{Deserialize, Serialize};

/// Figures about a list of numbers. NaN and infinities are counted apart and enter nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// All numbers.
    pub n: usize,
    /// Those that are NaN.
    pub n_nan: usize,
    /// Those that are infinite.
    pub n_infinite: usize,
    /// Those that are 0.
    pub n_zeros: usize,
    /// About the finite ones; `None` if there are none.
    pub finite: Option<FiniteStatistics>,
}

/// Figures about finite numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct FiniteStatistics {
    /// Smallest.
    pub min: f32,
    /// Largest.
    pub max: f32,
    /// `Σ x / n`
    pub mean: f64,
    /// Standard deviation `sqrt(Σ (x − mean)² / n)`, as NumPy's default.
    pub std: f64,
}

impl Statistics {
    /// Of these numbers; sums in `f64`.
    #[must_use]
    pub fn of(values: &[f32]) -> Self {
        let count = |holds: fn(&f32) -> bool| values.iter().filter(|value| holds(value)).count();
        let finite = || values.iter().copied().filter(|value| value.is_finite()).map(f64::from);
        let n_finite = finite().count() as f64;
        Statistics {
            n: values.len(),
            n_nan: count(|value| value.is_nan()),
            n_infinite: count(|value| value.is_infinite()),
            n_zeros: count(|value| *value == 0.0),
            finite: value_range(values).map(|[min, max]| {
                let mean = finite().sum::<f64>() / n_finite;
                let variance = finite().map(|value| (value - mean).powi(2)).sum::<f64>() / n_finite;
                FiniteStatistics { min, max, mean, std: variance.sqrt() }
            }),
        }
    }

    /// Share of zeros among all numbers, in `[0, 1]`; 0 if there are none.
    #[must_use]
    pub fn zero_share(&self) -> f64 {
        self.n_zeros as f64 / self.n.max(1) as f64
    }
}

/// Smallest and largest of the finite numbers; `None` if there are none.
#[must_use]
pub fn value_range<'a>(values: impl IntoIterator<Item = &'a f32>) -> Option<[f32; 2]> {
    // Without a branch: there may be millions.
    let [mut min, mut max] = [f32::INFINITY, f32::NEG_INFINITY];
    for &value in values {
        let is_finite = value.is_finite();
        min = if is_finite && value < min { value } else { min };
        max = if is_finite && value > max { value } else { max };
    }
    (min <= max).then_some([min, max])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;

    #[test]
    fn not_a_number_and_infinity_are_counted_apart() {
        let statistics = Statistics::of(&[1.0, f32::NAN, 3.0, f32::INFINITY, f32::NEG_INFINITY, 0.0, -0.0, 4.0]);
        let counts = [statistics.n, statistics.n_nan, statistics.n_infinite, statistics.n_zeros];
        assert_eq!(counts, [8, 1, 2, 2]);
        assert_eq!(statistics.zero_share(), 0.25);
        let finite = statistics.finite.unwrap();
        assert_eq!((finite.min, finite.max, finite.mean), (0.0, 4.0, 1.6));
    }

    #[test]
    fn nothing_has_no_figures() {
        assert_eq!(Statistics::of(&[]).finite, None);
        assert_eq!(Statistics::of(&[f32::NAN]).finite, None);
        assert_eq!(Statistics::of(&[]).zero_share(), 0.0);
        assert_eq!(value_range(&[f32::INFINITY]), None);
    }

    /// `numpy.std([2, 4, 4, 4, 5, 5, 7, 9]) == 2`
    #[test]
    fn as_numpy() {
        let finite = Statistics::of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).finite.unwrap();
        assert_eq!((finite.mean, finite.std), (5.0, 2.0));
    }
}
