//! One batch on its way: cut into shards, whose gradients come back in any order and give one sum.

use super::gradient_sum::{GradientBlock, GradientSum};
use crate::data::{Dataset, SHARD_SIZE, Shard, ShardHead, pack_samples};
use crate::losses::ShardResult;
use crate::model::{Model, Workspace};
use std::ops::Range;

/// The shards of a batch, and the sum of those gradients that are there. Memory stays from batch to batch.
#[derive(Debug, Default)]
pub(super) struct Batch {
    heads: Vec<ShardHead>,
    sample_idxs: Vec<u32>,
    /// Empty unless shards are to travel.
    bytes: Vec<u8>,
    /// Where each shard's bytes begin, and where the last one's end.
    bounds: Vec<usize>,
    sum: GradientSum,
    /// The sum of the last batch that was finished.
    last: Vec<f32>,
}

impl Batch {
    /// Takes the samples of a new batch, whose first has the place `first` in the epoch.
    pub(super) fn begin(&mut self, dataset: &Dataset, sample_idxs: &[u32], epoch: usize, first: usize) {
        self.clear();
        self.bytes.clear();
        self.bounds.clear();
        self.sample_idxs.clear();
        self.sample_idxs.extend_from_slice(sample_idxs);
        for (shard_idx, samples) in sample_idxs.chunks(SHARD_SIZE).enumerate() {
            self.heads.push(ShardHead::new(dataset, samples.len(), epoch, first + shard_idx * SHARD_SIZE));
        }
    }

    /// Makes the shards' bytes, for those that are computed elsewhere.
    pub(super) fn pack(&mut self, dataset: &Dataset) {
        self.bounds.push(0);
        for samples in self.sample_idxs.chunks(SHARD_SIZE) {
            pack_samples(dataset, samples, &mut self.bytes);
            self.bounds.push(self.bytes.len());
        }
    }

    /// Forgets the batch.
    pub(super) fn clear(&mut self) {
        self.heads.clear();
        self.sum.clear();
    }

    pub(super) fn heads(&self) -> &[ShardHead] {
        &self.heads
    }

    pub(super) fn shard_bytes(&self, shards: Range<usize>) -> &[u8] {
        &self.bytes[self.bounds[shards.start]..self.bounds[shards.end]]
    }

    pub(super) fn shard(&self, shard_idx: usize) -> Shard<'_> {
        Shard::from_parts(self.heads[shard_idx], self.shard_bytes(shard_idx..shard_idx + 1))
    }

    pub(super) fn has(&self, shard_idx: usize) -> bool {
        self.sum.has(shard_idx)
    }

    /// Computes a shard's gradient here.
    pub(super) fn compute(&mut self, shard_idx: usize, dataset: &Dataset, model: &Model, workspace: &mut Workspace) {
        assert!(!self.has(shard_idx), "shard {shard_idx} is there already");
        let head = self.heads[shard_idx];
        let samples = &self.sample_idxs[shard_idx * SHARD_SIZE..][..head.n_samples];
        let mut gradients = self.sum.buffer(model.n_params());
        let result = model.dataset_gradient(workspace, dataset, samples, (head.epoch, head.first), &mut gradients);
        self.sum.add(GradientBlock { shards: shard_idx..shard_idx + 1, result, gradients });
    }

    /// Takes gradients that were computed elsewhere.
    pub(super) fn take(&mut self, block: GradientBlock) {
        assert!(block.shards.end <= self.heads.len(), "shards {:?} of {}", block.shards, self.heads.len());
        self.sum.add(block);
    }

    /// The sum of all gradients, to be changed at will, and what all samples gave.
    pub(super) fn finish(&mut self) -> (&mut [f32], ShardResult) {
        let missing = (0..self.heads.len()).find(|&shard_idx| !self.has(shard_idx));
        assert!(missing.is_none(), "shard {missing:?} of {} is missing", self.heads.len());
        let Some(total) = self.sum.finish() else { panic!("a batch is begun before it is finished") };
        self.heads.clear();
        self.sum.recycle(std::mem::replace(&mut self.last, total.gradients));
        (&mut self.last, total.result)
    }

    /// What the caller of [`finish`](Batch::finish) has made of the last sum; empty before the first.
    pub(super) fn last(&self) -> &[f32] {
        &self.last
    }
}
