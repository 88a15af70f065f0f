//! A slice of a batch that can be worked on anywhere: a short head, and the samples as bytes.
//!
//! Bytes: all inputs (one byte per pixel, or four per number, little-endian), then all targets (one byte per label, or
//! four per number).

use super::dataset::{Dataset, Inputs, Targets};
use crate::experiment::CheckedLayer;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Most samples in a shard: the outputs of convolutions stay in the cache.
pub const SHARD_SIZE: usize = 25;
/// The same in networks without convolutions: their outputs are few, and what takes the time is a kernel's way through the
/// cache and the sum of its gradients, once a shard.
const DENSE_SHARD_SIZE: usize = 64;

/// Most samples in a shard of a batch that a network with these layers is trained on.
pub fn most_in_shard(layers: &[CheckedLayer]) -> usize {
    let has_convolution = layers.iter().any(|layer| layer.kernel_shape().len() > 2);
    if has_convolution { SHARD_SIZE } else { DENSE_SHARD_SIZE }
}

/// The shards of a batch of `n_samples`, at most `most` in each, whatever the number of workers: this fixes the order of all sums. There are as
/// many as a power of two, so that two, four or eight workers have the same to do, and they are as large as each other,
/// but for one sample.
pub fn shard_ranges(n_samples: usize, most: usize) -> impl Iterator<Item = Range<usize>> {
    let n_shards = n_samples.div_ceil(most).next_power_of_two();
    let bound = move |shard_idx: usize| shard_idx * n_samples / n_shards;
    (0..n_shards).map(move |shard_idx| bound(shard_idx)..bound(shard_idx + 1))
}

/// What the bytes of a shard mean, and their place in the epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardHeader {
    /// Samples.
    pub n_samples: usize,
    /// Numbers in one sample's input.
    pub input_len: usize,
    /// Whether inputs are bytes that stand for `byte / 255`.
    pub is_pixels: bool,
    /// Numbers in one sample's target; `None`: a label.
    pub n_values: Option<usize>,
    /// Epoch, from 1.
    pub epoch: usize,
    /// Place of the first sample in the epoch's order: dropout depends on it.
    pub first: usize,
}

impl ShardHeader {
    /// The head of a shard of `n_samples` samples, the first of which has the place `first` in the epoch.
    #[must_use]
    pub fn new(dataset: &Dataset, n_samples: usize, epoch: usize, first: usize) -> ShardHeader {
        ShardHeader {
            n_samples,
            input_len: dataset.input_len(),
            is_pixels: matches!(dataset.inputs(), Inputs::Pixels(_)),
            n_values: match dataset.targets() {
                Targets::Labels(_) => None,
                Targets::Values { n_outputs, .. } => Some(*n_outputs),
            },
            epoch,
            first,
        }
    }

    /// Bytes of one sample.
    #[must_use]
    pub fn n_sample_bytes(&self) -> usize {
        self.n_input_bytes() + self.n_target_bytes()
    }

    /// Bytes of all samples.
    #[must_use]
    pub fn n_bytes(&self) -> usize {
        self.n_samples * self.n_sample_bytes()
    }

    /// Bytes of one sample's input.
    fn n_input_bytes(&self) -> usize {
        self.input_len * if self.is_pixels { 1 } else { size_of::<f32>() }
    }

    fn n_target_bytes(&self) -> usize {
        self.n_values.map_or(1, |n_values| n_values * size_of::<f32>())
    }
}

/// A slice of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard<'a> {
    head: ShardHeader,
    bytes: &'a [u8],
}

impl<'a> Shard<'a> {
    /// Makes a shard from the results of [`head`](Shard::head) and [`bytes`](Shard::bytes).
    ///
    /// # Panics
    /// If there are not as many bytes as the head says.
    #[must_use]
    pub fn from_parts(head: ShardHeader, bytes: &'a [u8]) -> Shard<'a> {
        assert_eq!(bytes.len(), head.n_bytes(), "bytes of a shard of {} samples", head.n_samples);
        Shard { head, bytes }
    }

    /// What the bytes mean.
    #[must_use]
    pub fn head(&self) -> &ShardHeader {
        &self.head
    }

    /// The samples.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The inputs' bytes, one sample after the other.
    #[must_use]
    pub fn input_bytes(&self) -> &'a [u8] {
        &self.bytes[..self.head.n_samples * self.head.n_input_bytes()]
    }

    /// The targets' bytes, one sample after the other.
    #[must_use]
    pub fn target_bytes(&self) -> &'a [u8] {
        &self.bytes[self.head.n_samples * self.head.n_input_bytes()..]
    }
}

/// Appends the bytes of the shard that is made of the samples `samples`, as they are or as an epoch (counted from 1)
/// trains on them.
///
/// # Panics
/// If there is no such sample.
pub fn pack_samples(dataset: &Dataset, samples: &[u32], epoch: Option<usize>, bytes: &mut Vec<u8>) {
    let input_len = dataset.input_len();
    match dataset.inputs() {
        Inputs::Pixels(_) => {
            let start = bytes.len();
            bytes.resize(start + samples.len() * input_len, 0);
            dataset.gather_pixels(samples, epoch, &mut bytes[start..]);
        }
        Inputs::Numbers(numbers) => {
            for &sample_idx in samples {
                let row = &numbers[sample_idx as usize * input_len..][..input_len];
                bytes.extend(row.iter().flat_map(|x| x.to_le_bytes()));
            }
        }
    }
    match dataset.targets() {
        Targets::Labels(labels) => bytes.extend(samples.iter().map(|&sample_idx| labels[sample_idx as usize])),
        Targets::Values { values, n_outputs } => {
            for &sample_idx in samples {
                let range = sample_idx as usize * n_outputs..(sample_idx as usize + 1) * n_outputs;
                bytes.extend(values[range].iter().flat_map(|x| x.to_le_bytes()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Preset;

    #[test]
    fn shards_cover_a_batch_evenly() {
        let lens = |n_samples, most| shard_ranges(n_samples, most).map(|range| range.len()).collect::<Vec<_>>();
        for (n_samples, expected) in
            [(1, vec![1]), (25, vec![25]), (32, vec![16; 2]), (128, vec![16; 8]), (200, vec![25; 8])]
        {
            assert_eq!(lens(n_samples, SHARD_SIZE), expected);
        }
        assert_eq!([32, 128, 200].map(|n| lens(n, DENSE_SHARD_SIZE)), [vec![32], vec![64; 2], vec![50; 4]]);
        for n_samples in 1..600 {
            let ranges: Vec<_> = shard_ranges(n_samples, SHARD_SIZE).collect();
            assert!(ranges.len().is_power_of_two());
            assert_eq!((ranges[0].start, ranges[ranges.len() - 1].end), (0, n_samples));
            assert!(ranges.windows(2).all(|pair| pair[0].end == pair[1].start));
            let lens = || ranges.iter().map(|range| range.len());
            assert!(lens().max() <= Some(SHARD_SIZE) && lens().max() <= lens().min().map(|len| len + 1));
        }
    }

    #[test]
    fn convolutions_have_small_shards() {
        let most = |preset: Preset| most_in_shard(preset.experiment().check().unwrap().layers());
        assert_eq!([Preset::LessonCnn, Preset::Mlp16x16, Preset::Softmax].map(most), [25, 64, 64]);
    }
}
