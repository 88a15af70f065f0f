//! One layer of a checked network.

use super::{Activation, LayerConfig, Shape};

/// One layer of a checked network: its Keras name and what goes in and comes out.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedLayer {
    /// Keras' name: `conv2d`, `conv2d_1`, …
    pub name: String,
    /// The hyperparameters, all in range.
    pub config: LayerConfig,
    /// Shape of one sample that goes in.
    pub input_shape: Shape,
    /// Shape of one sample that comes out.
    pub output_shape: Shape,
    /// Numbers in the kernel (0 for layers without one).
    pub n_kernel: usize,
    /// Numbers in the bias (0 for layers without one).
    pub n_bias: usize,
}

impl CheckedLayer {
    /// Trainable numbers.
    #[must_use]
    pub fn n_params(&self) -> usize {
        self.n_kernel.saturating_add(self.n_bias)
    }

    /// The kernel's shape: `[inputs, units]` or `[kernel_h, kernel_w, in_channels, filters]`, empty without one.
    #[must_use]
    pub fn kernel_shape(&self) -> Vec<usize> {
        self.config.kind().params(self.input_shape).map(|params| params.kernel).unwrap_or_default()
    }

    /// The activation that the layer ends with, if it is of a kind that has one.
    #[must_use]
    pub fn activation(&self) -> Option<Activation> {
        self.config.kind().activation()
    }
}
