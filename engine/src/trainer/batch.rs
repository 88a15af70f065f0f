//! The batch that is being computed: it is cut into shards; their gradients arrive in any order and are summed in a
//! fixed one.

use crate::data::{Dataset, SHARD_SIZE, Shard, ShardHeader, pack_samples};
use crate::kernels::{Aligned, vector};
use crate::losses::ShardResult;
use crate::model::{BatchPass, Model, Workspace};
use std::ops::Range;

/// The shards of a batch, and the sum of the gradients that have arrived. Keeps its memory from batch to batch.
#[derive(Debug, Default)]
pub(super) struct Batch {
    heads: Vec<ShardHeader>,
    sample_idxs: Vec<u32>,
    /// Empty unless shards are computed elsewhere.
    bytes: Vec<u8>,
    /// Where the bytes of each shard begin, and where those of the last one end.
    bounds: Vec<usize>,
    /// Sum of the first `n_added` shards.
    sum: Aligned,
    /// The sum of the last batch that was finished.
    last: Aligned,
    total: ShardResult,
    n_added: usize,
    /// Shards that arrived before their turn.
    early: Vec<Option<(ShardResult, Vec<f32>)>>,
    scratch: Aligned,
    /// All shards together, in a network that normalizes batches.
    pass: BatchPass,
    /// Moments of the batch at each normalization.
    moments: Vec<Vec<f64>>,
}

impl Batch {
    /// Takes the samples of a new batch, whose first has the place `first` in the epoch.
    pub(super) fn begin(
        &mut self,
        dataset: &Dataset,
        sample_idxs: &[u32],
        epoch: usize,
        first: usize,
        n_params: usize,
    ) {
        self.heads.clear();
        self.bytes.clear();
        self.bounds.clear();
        self.sample_idxs.clear();
        self.sample_idxs.extend_from_slice(sample_idxs);
        for (shard_idx, samples) in sample_idxs.chunks(SHARD_SIZE).enumerate() {
            self.heads.push(ShardHeader::new(dataset, samples.len(), epoch, first + shard_idx * SHARD_SIZE));
        }
        self.sum.set_len(n_params);
        self.total = ShardResult::default();
        self.n_added = 0;
        self.moments.clear();
        self.early.clear();
        self.early.resize_with(self.heads.len(), || None);
    }

    /// Makes the shards' bytes, for those that are computed elsewhere.
    pub(super) fn pack(&mut self, dataset: &Dataset) {
        self.bounds.push(0);
        for (samples, head) in self.sample_idxs.chunks(SHARD_SIZE).zip(&self.heads) {
            pack_samples(dataset, samples, head.epoch, &mut self.bytes);
            self.bounds.push(self.bytes.len());
        }
    }

    /// Forgets the batch.
    pub(super) fn clear(&mut self) {
        self.heads.clear();
        self.early.clear();
        self.n_added = 0;
    }

    pub(super) fn heads(&self) -> &[ShardHeader] {
        &self.heads
    }

    pub(super) fn shard_bytes(&self, shards: Range<usize>) -> &[u8] {
        &self.bytes[self.bounds[shards.start]..self.bounds[shards.end]]
    }

    pub(super) fn shard(&self, shard_idx: usize) -> Shard<'_> {
        Shard::from_parts(self.heads[shard_idx], self.shard_bytes(shard_idx..shard_idx + 1))
    }

    pub(super) fn has(&self, shard_idx: usize) -> bool {
        shard_idx < self.n_added || self.early[shard_idx].is_some()
    }

    pub(super) fn is_complete(&self) -> bool {
        !self.heads.is_empty() && self.n_added == self.heads.len()
    }

    /// Computes a shard's gradient here; directly into the sum if it is the shard's turn.
    pub(super) fn compute(&mut self, shard_idx: usize, dataset: &Dataset, model: &Model, workspace: &mut Workspace) {
        assert!(!self.has(shard_idx), "shard {shard_idx} is there already");
        let head = self.heads[shard_idx];
        let samples = &self.sample_idxs[shard_idx * SHARD_SIZE..][..head.n_samples];
        let place = (head.epoch, head.first);
        if shard_idx != self.n_added {
            let mut gradients = vec![0.0; self.sum.len()];
            let result = model.dataset_gradient(workspace, dataset, samples, place, &mut gradients);
            self.early[shard_idx] = Some((result, gradients));
            return;
        }
        let mut target = std::mem::take(if shard_idx == 0 { &mut self.sum } else { &mut self.scratch });
        target.set_len(model.n_params());
        let result = model.dataset_gradient(workspace, dataset, samples, place, &mut target);
        if shard_idx == 0 {
            self.sum = target;
        } else {
            vector::add_assign(&mut self.sum, &target);
            self.scratch = target;
        }
        self.total = self.total.plus(result);
        self.n_added += 1;
        self.add_early();
    }

    /// Computes all shards' gradients here, in a network whose shards need one another.
    pub(super) fn compute_all(&mut self, dataset: &Dataset, model: &Model) {
        let mut pass = std::mem::take(&mut self.pass);
        pass.clear();
        for (samples, head) in self.sample_idxs.chunks(SHARD_SIZE).zip(&self.heads) {
            pass.add_samples(model, dataset, samples, (head.epoch, head.first));
        }
        let mut numbers = pass.advance(model, None);
        while let Some(shards) = numbers {
            let merged = pass.merge(&shards);
            if pass.is_forward() {
                self.moments.push(merged.clone());
            }
            numbers = pass.advance(model, Some(&merged));
        }
        for (shard_idx, (result, gradients)) in pass.results().enumerate() {
            self.take(shard_idx, result, gradients);
        }
        self.pass = pass;
    }

    /// Fixes a Dropout in networks that normalize batches.
    pub(super) fn set_dropout_factors(&mut self, layer_idx: usize, factors: Option<Vec<f32>>) {
        self.pass.set_dropout_factors(layer_idx, factors);
    }

    /// Takes a shard's gradient that was computed elsewhere.
    pub(super) fn take(&mut self, shard_idx: usize, result: ShardResult, gradients: &[f32]) {
        assert!(!self.has(shard_idx), "shard {shard_idx} is there already");
        assert_eq!(gradients.len(), self.sum.len(), "gradients of a shard");
        if shard_idx == self.n_added {
            self.add(result, gradients);
            self.add_early();
        } else {
            self.early[shard_idx] = Some((result, gradients.to_vec()));
        }
    }

    /// The sum of all gradients, to be changed at will, what all samples gave, and the batch's moments at each
    /// normalization.
    pub(super) fn finish(&mut self) -> (&mut [f32], ShardResult, &[Vec<f64>]) {
        assert!(self.is_complete(), "{} of {} shards are there", self.n_added, self.heads.len());
        self.heads.clear();
        std::mem::swap(&mut self.sum, &mut self.last);
        (&mut self.last, self.total, &self.moments)
    }

    /// What the caller of [`finish`](Batch::finish) has made of the last sum; empty before the first.
    pub(super) fn last(&self) -> &[f32] {
        &self.last
    }

    fn add_early(&mut self) {
        while let Some((result, gradients)) = self.early.get_mut(self.n_added).and_then(Option::take) {
            self.add(result, &gradients);
        }
    }

    fn add(&mut self, result: ShardResult, gradients: &[f32]) {
        if self.n_added == 0 {
            self.sum.copy_from_slice(gradients);
        } else {
            vector::add_assign(&mut self.sum, gradients);
        }
        self.total = self.total.plus(result);
        self.n_added += 1;
    }
}
