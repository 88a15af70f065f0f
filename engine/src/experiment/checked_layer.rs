//! One layer of a checked network.

use super::{Activation, LayerConfig, Shape};
use crate::layers::ParamRange;

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
    /// Channels that are normalized, each with gamma, beta, moving mean and moving variance (0 for other layers).
    pub n_normalized: usize,
}

impl CheckedLayer {
    /// Numbers that the layer keeps.
    #[must_use]
    pub fn n_params(&self) -> usize {
        self.n_trainable().saturating_add(self.n_non_trainable())
    }

    /// Those that training changes by their gradients.
    #[must_use]
    pub fn n_trainable(&self) -> usize {
        self.n_kernel.saturating_add(self.n_bias).saturating_add(self.n_normalized.saturating_mul(2))
    }

    /// Moving means and variances: they change while training, but not by a gradient.
    #[must_use]
    pub fn n_non_trainable(&self) -> usize {
        self.n_normalized.saturating_mul(2)
    }

    /// Where its numbers lie if they begin at `start`.
    #[must_use]
    pub fn param_range(&self, start: usize) -> ParamRange {
        ParamRange { start, n_kernel: self.n_kernel, n_bias: self.n_bias, n_normalized: self.n_normalized }
    }

    /// Multiply-adds of one sample's forward pass: every number of the kernel is used once at every position of the output;
    /// what reaches into padding counts.
    #[must_use]
    pub fn n_multiply_adds(&self) -> usize {
        let [height, width, _] = self.output_shape.dims();
        self.n_kernel.saturating_mul(height).saturating_mul(width)
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

#[cfg(test)]
mod tests {
    use crate::benchmarks::Network;

    #[test]
    fn multiply_adds_are_those_of_the_plain_loops() {
        let counts = |network: Network| {
            let checked = network.experiment().check().unwrap();
            checked.layers().iter().map(super::CheckedLayer::n_multiply_adds).collect::<Vec<_>>()
        };
        // 26·26 positions of 9·32 products; 11·11 of 9·32·64; 1600·10.
        assert_eq!(counts(Network::LessonCnn), [194_688, 0, 2_230_272, 0, 0, 0, 16_000]);
        // 14·14 of 9·32; 7·7 of 9·32·64; 3136·10.
        assert_eq!(counts(Network::StridedNoPool), [56_448, 903_168, 0, 31_360]);
        assert_eq!(counts(Network::SoftmaxRegression), [0, 7_840]);
    }
}
