//! The numbers that a layer keeps: kernel and bias, or those of a normalization; how many there are, and where they lie
//! in the model's weights.

use std::ops::Range;

/// Shapes of what a layer keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamShapes {
    /// `[inputs, units]` or `[kernel_h, kernel_w, in_channels, filters]`; empty without a kernel.
    pub kernel: Vec<usize>,
    /// Numbers in the bias.
    pub n_bias: usize,
    /// Channels that are normalized, each with gamma, beta, moving mean and moving variance.
    pub n_normalized: usize,
    /// Inputs that an output depends on and outputs that an input reaches, `[fan_in, fan_out]`, as Keras counts them.
    pub fans: [usize; 2],
    /// How many parameters there are, as a sum without its result: `784·16 + 16`.
    pub arithmetic: String,
}

impl ParamShapes {
    /// Numbers in the kernel.
    #[must_use]
    pub fn n_kernel(&self) -> usize {
        let n = self.kernel.iter().fold(1, |n: usize, side| n.saturating_mul(*side));
        if self.kernel.is_empty() { 0 } else { n }
    }
}

/// One of the arrays that a layer keeps, under Keras' name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamArray {
    /// `kernel`, `bias`, `gamma`, `beta`, `moving_mean` or `moving_variance`.
    pub name: &'static str,
    /// Its place in the model's weights.
    pub range: Range<usize>,
    /// Whether training changes it by its gradient.
    pub is_trainable: bool,
}

/// Where the numbers of a layer lie in the model's weights: kernel, bias, gamma, beta, moving mean, moving variance, each
/// if the layer has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ParamRange {
    /// Index of the kernel's first number.
    pub start: usize,
    /// Numbers in the kernel.
    pub n_kernel: usize,
    /// Numbers in the bias, which follows the kernel.
    pub n_bias: usize,
    /// Numbers in each of gamma, beta, moving mean and moving variance, which follow one another.
    pub n_normalized: usize,
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

    /// The place of gamma and beta.
    #[must_use]
    pub fn scale_and_shift(&self) -> [Range<usize>; 2] {
        [0, 1].map(|part| self.normalized(part))
    }

    /// The place of moving mean and moving variance, which no gradient changes.
    #[must_use]
    pub fn moving(&self) -> [Range<usize>; 2] {
        [2, 3].map(|part| self.normalized(part))
    }

    fn normalized(&self, part: usize) -> Range<usize> {
        let start = self.bias().end + part * self.n_normalized;
        start..start + self.n_normalized
    }

    /// Place of all that the layer keeps.
    #[must_use]
    pub fn all(&self) -> Range<usize> {
        self.start..self.normalized(3).end
    }

    /// Its arrays that are not empty, in the order in which they lie.
    pub fn arrays(&self) -> impl Iterator<Item = ParamArray> + use<> {
        let ([gamma, beta], [mean, variance]) = (self.scale_and_shift(), self.moving());
        let arrays = [
            ("kernel", self.kernel(), true),
            ("bias", self.bias(), true),
            ("gamma", gamma, true),
            ("beta", beta, true),
            ("moving_mean", mean, false),
            ("moving_variance", variance, false),
        ];
        let array = |(name, range, is_trainable)| ParamArray { name, range, is_trainable };
        arrays.into_iter().map(array).filter(|array| !array.range.is_empty())
    }

    /// Kernel and bias of all `weights` (or gradients).
    pub(super) fn split_mut<'a>(&self, weights: &'a mut [f32]) -> (&'a mut [f32], &'a mut [f32]) {
        weights[self.start..self.bias().end].split_at_mut(self.n_kernel)
    }
}
