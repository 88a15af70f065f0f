//! A slice of a batch that can be worked on anywhere: a short head, and the samples as bytes.
//!
//! Bytes: all inputs (one byte per pixel, or four per number, little-endian), then all targets (one byte per label, or
//! four per number).

use super::dataset::{Dataset, Inputs, Targets};
use serde::{Deserialize, Serialize};

/// Samples in a shard, whatever the number of workers: this fixes the order of all sums. The last shard of a batch
/// may be smaller.
pub const SHARD_SIZE: usize = 25;

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

/// Appends the bytes of the shard that is made of the samples `samples`, as an epoch (counted from 1) trains on them.
///
/// # Panics
/// If there is no such sample.
pub fn pack_samples(dataset: &Dataset, samples: &[u32], epoch: usize, bytes: &mut Vec<u8>) {
    let input_len = dataset.input_len();
    match dataset.inputs() {
        Inputs::Pixels(_) => {
            let start = bytes.len();
            bytes.resize(start + samples.len() * input_len, 0);
            dataset.gather_pixels(samples, Some(epoch), &mut bytes[start..]);
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
