//! The samples that excite each unit of a layer most.

use super::ExplainError;
use ndarray::{ArrayView3, Axis};
use serde::{Deserialize, Serialize};

/// A sample, and where in a map it excites the unit most.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TopSample {
    /// The largest activation of the unit.
    pub value: f32,
    /// Index of the sample in its data set.
    pub sample_idx: usize,
    /// Row of the largest cell, of equal ones the first; 0 in a vector.
    pub row: usize,
    /// Its column.
    pub column: usize,
}

/// Keeps the best samples of every unit (channel, filter) of one layer while samples come one by one.
#[derive(Debug, Clone)]
pub struct TopSamples {
    n_kept: usize,
    by_unit: Vec<Vec<TopSample>>,
}

impl TopSamples {
    /// No samples yet of a layer with `n_units`; `n_kept` of each are kept.
    #[must_use]
    pub fn new(n_units: usize, n_kept: usize) -> Self {
        TopSamples { n_kept, by_unit: vec![vec![]; n_units] }
    }

    /// Takes the layer's output `[height, width, channels]` for a sample. NaN excites nothing.
    ///
    /// # Panics
    /// If the output has another number of channels than the layer.
    pub fn push(&mut self, sample_idx: usize, output: ArrayView3<'_, f32>) {
        assert_eq!(output.dim().2, self.by_unit.len(), "channels of a layer's output");
        for (map, kept) in output.axis_iter(Axis(2)).zip(&mut self.by_unit) {
            let cells = map.indexed_iter().filter(|(_, value)| !value.is_nan());
            let best = cells.reduce(|best, cell| if cell.1 > best.1 { cell } else { best });
            let Some(((row, column), &value)) = best else { continue };
            let rank = kept.partition_point(|sample| sample.value >= value);
            if rank < self.n_kept {
                kept.truncate(self.n_kept - 1);
                kept.insert(rank, TopSample { value, sample_idx, row, column });
            }
        }
    }

    /// The best samples of a unit, the most exciting first; of equal ones those that came first.
    ///
    /// # Errors
    /// If there is no such unit.
    pub fn of_unit(&self, unit: usize) -> Result<&[TopSample], ExplainError> {
        Ok(&self.by_unit[ExplainError::check_index("unit", unit, self.by_unit.len())?])
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::testing::*;
    use super::*;
    use crate::arrays::view;
    use proptest::prelude::*;

    #[test]
    fn ties_keep_the_first_and_nan_is_passed_over() {
        let mut top = TopSamples::new(1, 2);
        for (sample_idx, cells) in (10..).zip([[1.0, 3.0], [f32::NAN, f32::NAN], [3.0, 0.0], [3.0, 3.0]]) {
            top.push(sample_idx, view([1, 2, 1], &cells));
        }
        let samples: Vec<_> = top.of_unit(0).unwrap().iter().map(|s| (s.sample_idx, s.column)).collect();
        assert_eq!(samples, [(10, 1), (12, 0)]);
        assert_eq!(top.of_unit(1).unwrap_err().to_string(), "unit: expected an index below 1, got 1");
    }

    proptest! {
        #[test]
        fn same_as_sorting_all(
            (height, width, channels) in (1..4_usize, 1..4_usize, 1..4_usize),
            (n, n_kept) in (0..30_usize, 0..6_usize),
            seed in any::<u32>(),
        ) {
            let shape = image(height, width, channels);
            // Few different numbers, so that there are ties; no -0, which sorting tells from 0.
            let activations: Vec<f32> =
                numbers(n * shape.size(), seed.into()).into_iter().map(|x| (x * 4.0).round() + 0.0).collect();
            let mut top = TopSamples::new(channels, n_kept);
            for (sample_idx, sample) in activations.chunks(shape.size()).enumerate() {
                top.push(sample_idx, view([height, width, channels], sample));
            }
            for unit in 0..channels {
                let cell = |sample: usize, i: usize| activations[sample * shape.size() + i * channels + unit];
                let mut all: Vec<TopSample> = (0..n).map(|sample_idx| {
                    let value = (0..height * width).map(|i| cell(sample_idx, i)).fold(f32::MIN, f32::max);
                    let first = (0..height * width).find(|i| cell(sample_idx, *i) == value).unwrap();
                    TopSample { value, sample_idx, row: first / width, column: first % width }
                }).collect();
                all.sort_by(|a, b| b.value.total_cmp(&a.value));
                all.truncate(n_kept);
                prop_assert_eq!(top.of_unit(unit).unwrap(), all);
            }
        }
    }
}
