//! Kernel and bias of a layer: how large they are, and where they lie in the model's weights.

use std::ops::Range;

/// Shapes of a layer's kernel and bias.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamShapes {
    /// `[inputs, units]` or `[kernel_h, kernel_w, in_channels, filters]`.
    pub kernel: Vec<usize>,
    /// Numbers in the bias.
    pub n_bias: usize,
    /// Inputs that an output depends on and outputs that an input reaches, `[fan_in, fan_out]`, as Keras counts them.
    pub fans: [usize; 2],
    /// How many parameters there are, as a sum without its result: `784·16 + 16`.
    pub arithmetic: String,
}

impl ParamShapes {
    /// Numbers in the kernel.
    #[must_use]
    pub fn n_kernel(&self) -> usize {
        self.kernel.iter().fold(1, |n: usize, side| n.saturating_mul(*side))
    }
}

/// Where a layer's kernel and bias lie in the model's weights, the kernel first.
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
    pub(super) fn split_mut<'a>(&self, weights: &'a mut [f32]) -> (&'a mut [f32], &'a mut [f32]) {
        weights[self.all()].split_at_mut(self.n_kernel)
    }
}
