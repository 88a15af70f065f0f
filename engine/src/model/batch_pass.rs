//! A training pass over a batch, or a range of its shards, in a network that needs statistics of the whole batch.
//!
//! The pass is cut before each normalization on the way forward and at each on the way back: there all shards stop, their
//! numbers are put together in the order of the shards, and all go on. So every shard's gradient, and with it the history,
//! is the same whoever computes which shards. See [`OverBatch`](crate::layers::OverBatch).

use super::moving::{merge_moments, merge_sums};
use super::pipeline::Pipeline;
use super::{Model, ShardResult, Workspace};
use crate::data::{Dataset, Shard};
use crate::layers::TrainingPass;
use crate::random::{Key, Purpose};

/// Shards on their way through the network together. Keeps its memory from batch to batch.
#[derive(Debug, Default)]
pub struct BatchPass {
    /// Those at work first; the others have been in use before.
    passes: Vec<ShardPass>,
    n_shards: usize,
    /// Where all shards stop, in order.
    stops: Vec<Stop>,
    /// How many of the stops have been reached.
    n_stops: usize,
    /// What Dropouts multiply by, where it is fixed.
    dropout_factors: Vec<(usize, Option<Vec<f32>>)>,
}

/// Where the pass waits for the numbers of the whole batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// Before this stage's forward pass.
    Forward(usize),
    /// Before this stage's backward pass.
    Backward(usize),
}

#[derive(Debug)]
struct ShardPass {
    workspace: Workspace,
    training: TrainingPass,
    result: ShardResult,
    /// Of this shard alone.
    gradients: Vec<f32>,
}

impl BatchPass {
    /// Forgets all shards. What Dropouts multiply by is kept.
    pub fn clear(&mut self) {
        (self.n_shards, self.n_stops) = (0, 0);
    }

    /// Adds a shard.
    ///
    /// # Panics
    /// If the shard's samples are not of the network's shape.
    pub fn add_shard(&mut self, model: &Model, shard: &Shard<'_>) {
        let head = shard.head();
        assert_eq!(head.input_len, model.input_shape().size(), "numbers in a sample of a shard");
        let Workspace { samples, pipeline, .. } = &mut self.add(model, head.epoch, head.first).workspace;
        samples.load_shard(shard, pipeline.accepts_sparse());
    }

    /// Adds the samples at `sample_idxs` as a shard, whose place in the epoch is `first`.
    ///
    /// # Panics
    /// If the data set's samples are not of the network's shape.
    pub fn add_samples(
        &mut self,
        model: &Model,
        dataset: &Dataset,
        sample_idxs: &[u32],
        (epoch, first): (usize, usize),
    ) {
        assert_eq!(dataset.input_len(), model.input_shape().size(), "numbers in a sample of a data set");
        let Workspace { samples, pipeline, .. } = &mut self.add(model, epoch, first).workspace;
        samples.load(dataset, sample_idxs, Some(epoch), pipeline.accepts_sparse());
    }

    fn add(&mut self, model: &Model, epoch: usize, first: usize) -> &mut ShardPass {
        let key = Key::new(model.seed, Purpose::Dropout).with(epoch as u64);
        let training = TrainingPass { key, first };
        if self.n_shards == self.passes.len() {
            let mut workspace = Workspace::new(model);
            for (layer_idx, factors) in &self.dropout_factors {
                workspace.set_dropout_factors(*layer_idx, factors.clone());
            }
            self.passes.push(ShardPass { workspace, training, result: ShardResult::default(), gradients: vec![] });
        }
        let pass = &mut self.passes[self.n_shards];
        pass.training = training;
        pass.gradients.resize(model.n_params(), 0.0);
        self.n_shards += 1;
        if self.n_shards == 1 {
            self.stops = stops(&mut pass.workspace.pipeline);
        }
        pass
    }

    /// Goes on, with the numbers of the [whole batch](BatchPass::merge) after the first time, until other such numbers are
    /// needed: those of each shard here, in order. `None` at the end.
    ///
    /// # Panics
    /// If numbers of the whole batch are missing or of the wrong length.
    pub fn advance(&mut self, model: &Model, merged: Option<&[f64]>) -> Option<Vec<Vec<f64>>> {
        let from = self.n_stops.checked_sub(1).map(|stop| self.stops[stop]);
        let to = self.stops.get(self.n_stops).copied();
        let passes = &mut self.passes[..self.n_shards];
        let numbers: Vec<Vec<f64>> = passes.iter_mut().map(|pass| pass.advance(model, from.zip(merged), to)).collect();
        assert_eq!(from.is_some(), merged.is_some(), "numbers of the whole batch");
        self.n_stops += 1;
        to.map(|_| numbers)
    }

    /// The numbers of the whole batch, from those of all its shards in order, wherever they are.
    #[must_use]
    pub fn merge(&self, shards: &[Vec<f64>]) -> Vec<f64> {
        match self.n_stops.checked_sub(1).map(|stop| self.stops[stop]) {
            Some(Stop::Backward(_)) => merge_sums(shards),
            Some(Stop::Forward(_)) | None => merge_moments(shards),
        }
    }

    /// Whether the numbers that are waited for are the moments of the batch, which move the model's.
    #[must_use]
    pub fn is_forward(&self) -> bool {
        self.n_stops.checked_sub(1).is_some_and(|stop| matches!(self.stops[stop], Stop::Forward(_)))
    }

    /// At the end: what each shard gave, with the gradients of the sum of its samples' losses.
    pub fn results(&self) -> impl Iterator<Item = (ShardResult, &[f32])> {
        self.passes[..self.n_shards].iter().map(|pass| (pass.result, pass.gradients.as_slice()))
    }

    /// Fixes a Dropout in every shard; see [`Workspace::set_dropout_factors`].
    pub fn set_dropout_factors(&mut self, layer_idx: usize, factors: Option<Vec<f32>>) {
        for pass in &mut self.passes {
            pass.workspace.set_dropout_factors(layer_idx, factors.clone());
        }
        self.dropout_factors.push((layer_idx, factors));
    }
}

impl ShardPass {
    /// From a stop, or the beginning, to the next one, or the end: this shard's numbers there.
    fn advance(&mut self, model: &Model, from: Option<(Stop, &[f64])>, to: Option<Stop>) -> Vec<f64> {
        let pipeline = &mut self.workspace.pipeline;
        let back = match from {
            None => {
                let (samples, end) = (&mut self.workspace.samples, forward_end(pipeline, to));
                pipeline.begin_samples(model, samples);
                pipeline.forward_stages(0..end, model, &samples.x, Some(self.training));
                None
            }
            Some((Stop::Forward(stage_idx), moments)) => {
                if let Some(layer) = pipeline.over_batch(stage_idx) {
                    layer.set_moments(moments);
                }
                let end = forward_end(pipeline, to);
                pipeline.forward_stages(stage_idx..end, model, &self.workspace.samples.x, Some(self.training));
                None
            }
            Some((Stop::Backward(stage_idx), sums)) => {
                if let Some(layer) = pipeline.over_batch(stage_idx) {
                    layer.set_gradient_sums(sums);
                }
                Some(stage_idx + 1)
            }
        };
        if let Some(Stop::Forward(stage_idx)) = to {
            return pipeline.moments(stage_idx, &self.workspace.samples.x);
        }
        let n_stages = back.unwrap_or_else(|| {
            let Workspace { pipeline, head, samples, .. } = &mut self.workspace;
            let (logits, dlogits) = pipeline.loss_buffers(&samples.x);
            self.result = head.evaluate_weighted(logits, samples.target(), &model.class_weight, dlogits);
            pipeline.n_stages()
        });
        let Workspace { pipeline, samples, .. } = &mut self.workspace;
        let first = if let Some(Stop::Backward(stage_idx)) = to { stage_idx + 1 } else { 0 };
        pipeline.backward_stages(first..n_stages, &samples.x, &mut self.gradients, None, |_, _| {});
        match to {
            Some(Stop::Backward(stage_idx)) => pipeline.gradient_sums(stage_idx, &samples.x),
            _ => vec![],
        }
    }
}

fn forward_end(pipeline: &Pipeline, to: Option<Stop>) -> usize {
    if let Some(Stop::Forward(stage_idx)) = to { stage_idx } else { pipeline.n_stages() }
}

/// All normalizations on the way forward, and on the way back those before which gradients are needed.
fn stops(pipeline: &mut Pipeline) -> Vec<Stop> {
    let stages: Vec<usize> = (0..pipeline.n_stages()).filter(|idx| pipeline.over_batch(*idx).is_some()).collect();
    let forward = stages.iter().map(|idx| Stop::Forward(*idx));
    let needs_dx = |idx: &&usize| **idx > pipeline.first_with_params();
    forward.chain(stages.iter().rev().filter(needs_dx).map(|idx| Stop::Backward(*idx))).collect()
}
