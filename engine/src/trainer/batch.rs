//! The batch that is being computed: it is cut into shards; their gradients arrive in any order and are summed in a
//! fixed one.

use super::gradient_sums::GradientSums;
use crate::data::{Dataset, Shard, ShardHeader, most_in_shard, pack_samples, shard_ranges};
use crate::experiment::CheckedLayer;
use crate::kernels::Aligned;
use crate::losses::ShardResult;
#[cfg(feature = "plane")]
use crate::model::StepPart;
use crate::model::{BatchPass, Model, Workspace};
use std::ops::Range;

/// The shards of a batch, and the sums of the gradients that have arrived. Keeps its memory from batch to batch.
#[derive(Debug, Default)]
pub(super) struct Batch {
    most_in_shard: usize,
    heads: Vec<ShardHeader>,
    sample_idxs: Vec<u32>,
    /// Where the samples of each shard are among all.
    ranges: Vec<Range<usize>>,
    /// Empty unless shards are computed elsewhere.
    bytes: Vec<u8>,
    /// Where the bytes of each shard begin, and where those of the last one end.
    bounds: Vec<usize>,
    sums: GradientSums,
    /// What each shard gave; `None` for those that are not there yet.
    results: Vec<Option<ShardResult>>,
    /// The sum of the last batch that was finished.
    last: Aligned,
    /// All shards together, in a network that normalizes batches.
    pass: BatchPass,
    /// Moments of the batch at each normalization.
    moments: Vec<Vec<f64>>,
}

impl Batch {
    /// No batch yet of a network with these layers.
    pub(super) fn new(layers: &[CheckedLayer]) -> Batch {
        Batch { most_in_shard: most_in_shard(layers), ..Batch::default() }
    }

    /// Takes the samples of a new batch, whose first has the place `first` in the epoch.
    pub(super) fn begin(
        &mut self,
        dataset: &Dataset,
        sample_idxs: &[u32],
        epoch: usize,
        first: usize,
        n_params: usize,
    ) {
        self.clear();
        self.bytes.clear();
        self.bounds.clear();
        self.sample_idxs.clear();
        self.sample_idxs.extend_from_slice(sample_idxs);
        self.ranges.clear();
        self.ranges.extend(shard_ranges(sample_idxs.len(), self.most_in_shard));
        let head = |range: &Range<usize>| ShardHeader::new(dataset, range.len(), epoch, first + range.start);
        self.heads.extend(self.ranges.iter().map(head));
        self.results.resize(self.heads.len(), None);
        self.moments.clear();
        self.sums.begin(n_params);
    }

    /// Makes the shards' bytes, for those that are computed elsewhere.
    pub(super) fn pack(&mut self, dataset: &Dataset) {
        self.bounds.push(0);
        for (range, head) in self.ranges.iter().zip(&self.heads) {
            pack_samples(dataset, &self.sample_idxs[range.clone()], Some(head.epoch), &mut self.bytes);
            self.bounds.push(self.bytes.len());
        }
    }

    /// Forgets the batch.
    pub(super) fn clear(&mut self) {
        self.heads.clear();
        self.results.clear();
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
        self.results[shard_idx].is_some()
    }

    /// Computes a shard's gradient here.
    pub(super) fn compute(&mut self, shard_idx: usize, dataset: &Dataset, model: &Model, workspace: &mut Workspace) {
        assert!(!self.has(shard_idx), "shard {shard_idx} is there already");
        let head = self.heads[shard_idx];
        let samples = &self.sample_idxs[self.ranges[shard_idx].clone()];
        let mut gradients = self.sums.buffer();
        let result = model.dataset_gradient(workspace, dataset, samples, (head.epoch, head.first), &mut gradients);
        self.results[shard_idx] = Some(result);
        self.sums.add(shard_idx..shard_idx + 1, gradients);
    }

    /// As [`compute`](Batch::compute), in parts.
    #[cfg(feature = "plane")]
    pub(super) fn compute_in_parts(
        &mut self,
        shard_idx: usize,
        dataset: &Dataset,
        model: &Model,
        workspace: &mut Workspace,
        on_end: &mut dyn FnMut(StepPart),
    ) {
        let head = self.heads[shard_idx];
        let samples = (dataset, &self.sample_idxs[self.ranges[shard_idx].clone()]);
        let mut gradients = self.sums.buffer();
        let place = (head.epoch, head.first);
        let result = model.dataset_gradient_in_parts(workspace, samples, place, &mut gradients, on_end);
        self.results[shard_idx] = Some(result);
        self.sums.add(shard_idx..shard_idx + 1, gradients);
        on_end(StepPart::Sum);
    }

    /// Computes all shards' gradients here, in a network whose shards need one another.
    pub(super) fn compute_all(&mut self, dataset: &Dataset, model: &Model) {
        let mut pass = std::mem::take(&mut self.pass);
        pass.clear();
        for (range, head) in self.ranges.iter().zip(&self.heads) {
            pass.add_samples(model, dataset, &self.sample_idxs[range.clone()], (head.epoch, head.first));
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
            self.take(shard_idx..shard_idx + 1, &[result], |sum| sum.copy_from_slice(gradients));
        }
        self.pass = pass;
    }

    /// Fixes a Dropout in networks that normalize batches.
    pub(super) fn set_dropout_factors(&mut self, layer_idx: usize, factors: Option<Vec<f32>>) {
        self.pass.set_dropout_factors(layer_idx, factors);
    }

    /// Takes a sum of [`GradientSums`] that was computed elsewhere and `fill` writes, and what its shards gave.
    pub(super) fn take(&mut self, shards: Range<usize>, results: &[ShardResult], fill: impl FnOnce(&mut [f32])) {
        assert_eq!(results.len(), shards.len(), "a result for each of the shards {shards:?}");
        for (shard_idx, result) in shards.clone().zip(results) {
            assert!(!self.has(shard_idx), "shard {shard_idx} is there already");
            self.results[shard_idx] = Some(*result);
        }
        let mut sum = self.sums.buffer();
        fill(&mut sum);
        self.sums.add(shards, sum);
    }

    /// The sum of all gradients, to be changed at will, what all samples gave, and the batch's moments at each
    /// normalization.
    pub(super) fn finish(&mut self) -> (&mut [f32], ShardResult, &[Vec<f64>]) {
        let n_there = self.results.iter().flatten().count();
        let sum = self.sums.take_whole().filter(|_| n_there == self.heads.len());
        let Some(sum) = sum else { panic!("{n_there} of {} shards are there", self.heads.len()) };
        let total = self.results.iter().flatten().fold(ShardResult::default(), |total, result| total.plus(*result));
        self.clear();
        let before = std::mem::replace(&mut self.last, sum);
        self.sums.recycle(before);
        (&mut self.last, total, &self.moments)
    }

    /// What the caller of [`finish`](Batch::finish) has made of the last sum; empty before the first.
    pub(super) fn last(&self) -> &[f32] {
        &self.last
    }
}
