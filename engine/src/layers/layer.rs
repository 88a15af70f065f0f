//! What every layer can do once it is built.

use crate::kernels::SparseRows;
use crate::random::Key;
use std::fmt::Debug;

/// Where the dropout masks of a training pass come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrainingPass {
    /// Key of the epoch.
    pub key: Key,
    /// Place of the first sample in the epoch's order.
    pub first: usize,
}

/// A layer with its scratch.
///
/// # Shapes
/// `x` and `dx` are `[n, inputs]`, `y` and `dy` are `[n, outputs]`; `weights` and `gradients` are the whole model's.
pub trait Layer: Debug + Send + Sync {
    /// Takes over new weights.
    fn pack(&mut self, _weights: &[f32]) {}

    /// Overwrites `y`. `training` is `None` where nothing is random: outside of training.
    fn forward(&mut self, x: &[f32], weights: &[f32], training: Option<TrainingPass>, y: &mut [f32]);

    /// Overwrites this layer's part of `gradients` (sums over the samples) and, if asked for, `dx`; uses up `dy`.
    /// `x` and `y` are those of the last `forward`.
    fn backward(&mut self, x: &[f32], y: &[f32], dy: &mut [f32], gradients: &mut [f32], dx: Option<&mut [f32]>);

    /// Whether the layer has weights.
    fn has_params(&self) -> bool {
        false
    }

    /// Whether the layer works faster on the non-zero entries of its input than on all numbers; they are handed over by
    /// [`take_entries`](Layer::take_entries).
    fn accepts_sparse(&self) -> bool {
        false
    }

    /// Takes the input of the next `forward` in advance, which then does not read `x`.
    ///
    /// # Panics
    /// Unless the layer [accepts sparse input](Layer::accepts_sparse).
    fn take_entries(&mut self, _x: &mut SparseRows) {
        panic!("this layer takes all numbers, not the non-zero ones");
    }

    /// The layer as one that needs statistics of the whole batch in training.
    fn over_batch(&mut self) -> Option<&mut dyn OverBatch> {
        None
    }

    /// Replaces the random factors of training by these `[n or more, inputs]`, or ends that. Only Dropout has such
    /// factors.
    fn set_dropout_factors(&mut self, _factors: Option<Vec<f32>>) {}
}

/// A layer whose training pass needs numbers of the whole batch, of which this pass may be a part (a shard). Nothing has to be
/// handed over for a pass that is the whole batch.
pub trait OverBatch {
    /// What the forward pass needs to know of these samples: count, then the means of all channels, then their sums of
    /// squared deviations from them.
    fn moments(&self, x: &[f32]) -> Vec<f64>;

    /// Gives the next training pass the [moments](OverBatch::moments) of the whole batch.
    fn set_moments(&mut self, moments: &[f64]);

    /// What the backward pass needs to know of these samples, whose forward pass was the last: the sums of `dy` of all
    /// channels, then those of `dy` times the normalized input.
    fn gradient_sums(&mut self, x: &[f32], dy: &[f32]) -> Vec<f64>;

    /// Gives the next backward pass the [sums](OverBatch::gradient_sums) over the whole batch.
    fn set_gradient_sums(&mut self, sums: &[f64]);
}
