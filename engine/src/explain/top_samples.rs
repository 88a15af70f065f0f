//! The samples that excite each unit of a layer most.

use super::ExplainError;
use crate::experiment::Shape;
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

/// Keeps the best samples of every unit (channel, filter) of one layer while activations come in parts.
#[derive(Debug, Clone)]
pub struct TopSamples {
    shape: Shape,
    n_kept: usize,
    by_unit: Vec<Vec<TopSample>>,
}

impl TopSamples {
    /// No samples yet; `shape` is the layer's output, `n_kept` how many are kept of each unit.
    #[must_use]
    pub fn new(shape: Shape, n_kept: usize) -> Self {
        TopSamples { shape, n_kept, by_unit: vec![vec![]; shape.dims()[2]] }
    }

    /// Takes the activations `[n, height, width, channels]` of the samples from `first_sample_idx` on. NaN excites
    /// nothing.
    ///
    /// # Panics
    /// If the activations are no whole number of samples.
    pub fn push(&mut self, first_sample_idx: usize, activations: &[f32]) {
        let n_cells = self.shape.size();
        assert!(activations.len().is_multiple_of(n_cells), "{} activations, {n_cells} a sample", activations.len());
        let [_, width, channels] = self.shape.dims();
        for (sample_idx, sample) in (first_sample_idx..).zip(activations.chunks_exact(n_cells)) {
            for (unit, kept) in self.by_unit.iter_mut().enumerate() {
                let cells = sample.iter().skip(unit).step_by(channels).enumerate().filter(|(_, value)| !value.is_nan());
                let best = cells.reduce(|best, cell| if cell.1 > best.1 { cell } else { best });
                let Some((cell_idx, value)) = best else { continue };
                let rank = kept.partition_point(|sample| sample.value >= *value);
                if rank < self.n_kept {
                    kept.truncate(self.n_kept - 1);
                    let (row, column) = (cell_idx / width, cell_idx % width);
                    kept.insert(rank, TopSample { value: *value, sample_idx, row, column });
                }
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
    use proptest::prelude::*;

    #[test]
    fn ties_keep_the_first_and_nan_is_passed_over() {
        let mut top = TopSamples::new(image(1, 2, 1), 2);
        top.push(10, &[1.0, 3.0, f32::NAN, f32::NAN, 3.0, 0.0, 3.0, 3.0]);
        let samples: Vec<_> = top.of_unit(0).unwrap().iter().map(|s| (s.sample_idx, s.column)).collect();
        assert_eq!(samples, [(10, 1), (12, 0)]);
        assert_eq!(top.of_unit(1).unwrap_err().to_string(), "unit: expected an index below 1, got 1");
    }

    proptest! {
        #[test]
        fn same_as_sorting_all_whatever_the_parts(
            (height, width, channels) in (1..4_usize, 1..4_usize, 1..4_usize),
            (n, n_kept, part) in (0..30_usize, 0..6_usize, 1..9_usize),
            seed in any::<u32>(),
        ) {
            let shape = image(height, width, channels);
            // Few different numbers, so that there are ties; no -0, which sorting tells from 0.
            let activations: Vec<f32> =
                numbers(n * shape.size(), seed.into()).into_iter().map(|x| (x * 4.0).round() + 0.0).collect();
            let mut top = TopSamples::new(shape, n_kept);
            for (part_idx, chunk) in activations.chunks(part * shape.size()).enumerate() {
                top.push(part_idx * part, chunk);
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
