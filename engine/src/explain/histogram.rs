//! Histograms: how many numbers fall into each bin.

use super::value_range;
use serde::{Deserialize, Serialize};

/// Bins of equal width from the smallest to the largest finite number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Histogram {
    /// `n_bins + 1` ends of the bins, rising.
    pub edges: Vec<f32>,
    /// `counts[i]` numbers are in `edges[i]..edges[i + 1]`; the last bin holds its upper end too.
    pub counts: Vec<u32>,
    /// Numbers that are NaN.
    pub n_nan: usize,
    /// Numbers that are infinite.
    pub n_infinite: usize,
}

impl Histogram {
    /// Of these numbers. Equal numbers stand in the middle of an axis half to each side (or a thousandth of the number,
    /// if that is more); no numbers have an axis from 0 to 1.
    ///
    /// # Panics
    /// If `n_bins` is 0.
    #[must_use]
    pub fn of(values: &[f32], n_bins: usize) -> Self {
        assert!(n_bins > 0, "a histogram has at least one bin");
        let [min, max] = match value_range(values).map(|range| range.map(f64::from)) {
            None => [0.0, 1.0],
            Some([min, max]) if min == max => {
                let half = (min.abs() / 1000.0).max(0.5);
                [min - half, max + half]
            }
            Some(range) => range,
        };
        let edge = |i: usize| (min + (max - min) * i as f64 / n_bins as f64).clamp(f32::MIN.into(), f32::MAX.into());
        let edges: Vec<f32> = (0..=n_bins).map(|i| edge(i) as f32).collect();
        let mut counts = vec![0; n_bins];
        for value in values.iter().filter(|value| value.is_finite()) {
            counts[edges[1..n_bins].partition_point(|edge| edge <= value)] += 1;
        }
        Histogram {
            edges,
            counts,
            n_nan: values.iter().filter(|value| value.is_nan()).count(),
            n_infinite: values.iter().filter(|value| value.is_infinite()).count(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::numbers;
    use super::*;
    use proptest::prelude::*;

    /// `numpy.histogram([1, 2, 2, 3, 5], 4)`
    #[test]
    fn as_numpy() {
        let histogram = Histogram::of(&[1.0, 2.0, 2.0, 3.0, 5.0], 4);
        assert_eq!(histogram.edges, [1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(histogram.counts, [1, 2, 1, 1]);
    }

    #[test]
    fn equal_numbers_stand_in_the_middle() {
        let histogram = Histogram::of(&[0.0; 7], 5);
        assert_eq!((histogram.edges[0], histogram.edges[5]), (-0.5, 0.5));
        assert_eq!(histogram.counts, [0, 0, 7, 0, 0]);
        let histogram = Histogram::of(&[1e30; 2], 3);
        assert_eq!(histogram.counts, [0, 2, 0]);
        let histogram = Histogram::of(&[f32::MAX], 2);
        assert!(histogram.edges.iter().all(|edge| edge.is_finite()));
        assert_eq!(histogram.counts.iter().sum::<u32>(), 1);
    }

    #[test]
    fn not_a_number_and_infinity_are_counted_apart() {
        let histogram = Histogram::of(&[f32::NAN, f32::INFINITY, f32::NEG_INFINITY], 2);
        assert_eq!((histogram.n_nan, histogram.n_infinite), (1, 2));
        assert_eq!((histogram.edges, histogram.counts), (vec![0.0, 0.5, 1.0], vec![0, 0]));
    }

    #[test]
    fn full_range_does_not_overflow() {
        let histogram = Histogram::of(&[f32::MIN, 0.0, f32::MAX], 2);
        assert_eq!((histogram.edges[1], histogram.counts), (0.0, vec![1, 2]));
    }

    proptest! {
        #[test]
        fn every_number_is_in_the_bin_that_its_edges_say(n in 2..99_usize, n_bins in 1..20_usize, seed in any::<u32>()) {
            let values = numbers(n, seed.into());
            let histogram = Histogram::of(&values, n_bins);
            for (i, count) in histogram.counts.iter().enumerate() {
                let (low, high) = (histogram.edges[i], histogram.edges[i + 1]);
                let is_last = i + 1 == n_bins;
                let inside = values.iter().filter(|value| **value >= low && (**value < high || is_last && **value == high));
                prop_assert_eq!(inside.count(), *count as usize);
            }
            prop_assert_eq!(histogram.counts.iter().sum::<u32>() as usize, n);
        }
    }
}
