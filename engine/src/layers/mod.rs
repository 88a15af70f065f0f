//! Layers at work: each file holds one family, forward and backward.
//!
//! A layer owns its scratch and a packed copy of its weights; the weights themselves lie in the model's one array, and
//! each layer knows its place in it ([`ParamRange`]). Layers that end a network leave their activation to the
//! loss, which is computed from the logits.

mod activation;
mod conv2d;
mod conv2d_max_pooling2d;
mod dense;
mod dropout;
mod identity;
mod pooling;

pub use dense::MAX_DENSITY;

use crate::experiment::{Activation, CheckedLayer, LayerConfig};
use crate::kernels::SparseRows;
use crate::random::Key;
use std::fmt::Debug;
use std::ops::Range;

/// Where a layer's kernel and bias lie in the model's weights, one behind the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ParamRange {
    /// Index of the kernel's first number.
    pub start: usize,
    /// Numbers in the kernel.
    pub n_kernel: usize,
    /// Numbers in the bias, which follows the kernel.
    pub n_bias: usize,
}

impl ParamRange {
    /// The kernel's place.
    #[must_use]
    pub fn kernel(&self) -> Range<usize> {
        self.start..self.start + self.n_kernel
    }

    /// The bias' place.
    #[must_use]
    pub fn bias(&self) -> Range<usize> {
        self.start + self.n_kernel..self.start + self.n_kernel + self.n_bias
    }

    /// Place of kernel and bias.
    #[must_use]
    pub fn all(&self) -> Range<usize> {
        self.start..self.bias().end
    }

    /// Kernel and bias of all `weights` (or gradients).
    fn split_mut<'a>(&self, weights: &'a mut [f32]) -> (&'a mut [f32], &'a mut [f32]) {
        weights[self.all()].split_at_mut(self.n_kernel)
    }
}

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

    /// Whether the layer would rather have the non-zero entries of pixels than all numbers:
    /// [`take_entries`](Layer::take_entries).
    fn accepts_sparse(&self) -> bool {
        false
    }

    /// Takes the input of the next `forward` in advance, which then looks at no `x`. Only for layers that want it.
    ///
    /// # Panics
    /// If the layer doesn't want it.
    fn take_entries(&mut self, _x: &mut SparseRows) {
        panic!("{self:?} wants numbers, not entries");
    }

    /// Replaces the random factors of training by these `[n or more, inputs]`, or ends that. Only Dropout listens.
    fn set_dropout_factors(&mut self, _factors: Option<Vec<f32>>) {}
}

/// The layer that `checked` describes, with `activation` behind it.
pub fn build(layer_idx: usize, checked: &CheckedLayer, params: ParamRange, activation: Activation) -> Box<dyn Layer> {
    match &checked.config {
        LayerConfig::Dense(_) => Box::new(dense::Dense::new(checked, params, activation)),
        LayerConfig::Conv2D(config) => Box::new(conv2d::Conv2D::new(config, checked, params, activation)),
        LayerConfig::MaxPooling2D(config) => Box::new(pooling::MaxPooling2D::new(config, checked)),
        LayerConfig::AveragePooling2D(config) => Box::new(pooling::AveragePooling2D::new(config, checked)),
        LayerConfig::Flatten => Box::new(identity::Identity),
        LayerConfig::Dropout(config) => Box::new(dropout::Dropout::new(layer_idx, config, checked)),
        LayerConfig::Activation(_) => Box::new(activation::ActivationLayer::new(activation, checked)),
    }
}

/// A Conv2D and the MaxPooling2D behind it as one layer; `None` unless the window is 2×2.
pub fn build_fused(conv: &CheckedLayer, pooling: &CheckedLayer, params: ParamRange) -> Option<Box<dyn Layer>> {
    match (&conv.config, &pooling.config) {
        (LayerConfig::Conv2D(config), LayerConfig::MaxPooling2D(pool)) if pool.pool_size == [2, 2] => {
            Some(Box::new(conv2d_max_pooling2d::Conv2DMaxPooling2D::new(config, conv, params)))
        }
        _ => None,
    }
}
