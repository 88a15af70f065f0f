//! Sizes of a convolution, derived from input, kernel, strides and padding.

use crate::experiment::Padding;

/// Sizes of one Conv2D layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conv2DGeometry {
    /// `[height, width, channels]` of the input.
    pub input: [usize; 3],
    /// Number of output maps.
    pub filters: usize,
    /// `[height, width]` of the kernel.
    pub kernel_size: [usize; 2],
    /// `[down, across]`.
    pub strides: [usize; 2],
    /// What happens at the border.
    pub padding: Padding,
}

impl Conv2DGeometry {
    /// `[height, width, filters]` of the output: `ceil((input - kernel + 1) / stride)` for `valid`,
    /// `ceil(input / stride)` for `same`.
    ///
    /// # Panics
    /// If a `valid` kernel is larger than the input.
    #[must_use]
    pub fn output(&self) -> [usize; 3] {
        [self.output_along(0), self.output_along(1), self.filters]
    }

    /// `[top, left]` zeros before the input (TensorFlow's rule: the odd one goes after).
    #[must_use]
    pub fn pad_before(&self) -> [usize; 2] {
        [self.pad_total(0) / 2, self.pad_total(1) / 2]
    }

    /// `[height, width]` of the input with its zeros around.
    #[must_use]
    pub fn padded(&self) -> [usize; 2] {
        [self.input[0] + self.pad_total(0), self.input[1] + self.pad_total(1)]
    }

    /// Numbers in one patch: `kernel_h · kernel_w · in_channels`.
    #[must_use]
    pub fn patch_len(&self) -> usize {
        self.kernel_size[0] * self.kernel_size[1] * self.input[2]
    }

    /// Numbers in one input image.
    #[must_use]
    pub fn input_len(&self) -> usize {
        self.input.iter().product()
    }

    /// Numbers in one image of the output.
    #[must_use]
    pub fn output_len(&self) -> usize {
        self.output().iter().product()
    }

    /// `[height, width, filters]` of the output after a max pool of `pool_size` `[height, width]`.
    #[must_use]
    pub fn pooled(&self, pool_size: [usize; 2]) -> [usize; 3] {
        let [height, width, filters] = self.output();
        [height / pool_size[0], width / pool_size[1], filters]
    }

    /// Numbers in one image of the output after such a pool.
    #[must_use]
    pub fn pooled_len(&self, pool_size: [usize; 2]) -> usize {
        self.pooled(pool_size).iter().product()
    }

    /// Positions of the kernel: height · width of the output.
    pub(super) fn n_positions(&self) -> usize {
        let [height, width, _] = self.output();
        height * width
    }

    /// Distance between two rows of the padded input.
    pub(super) fn padded_row_len(&self) -> usize {
        self.padded()[1] * self.input[2]
    }

    /// Where the patch of a position (in row-major order) begins in the padded input.
    pub(super) fn patch_at(&self, position: usize) -> usize {
        let [_, out_w, _] = self.output();
        let [out_y, out_x] = [position / out_w, position % out_w];
        out_y * self.strides[0] * self.padded_row_len() + out_x * self.strides[1] * self.input[2]
    }

    /// Where number `k` of a patch is, from the patch's begin on.
    pub(super) fn patch_offset(&self, k: usize) -> usize {
        let line_len = self.kernel_size[1] * self.input[2];
        k / line_len * self.padded_row_len() + k % line_len
    }

    fn output_along(&self, axis: usize) -> usize {
        let (input, kernel, stride) = (self.input[axis], self.kernel_size[axis], self.strides[axis]);
        match self.padding {
            Padding::Valid => {
                assert!(kernel <= input, "a valid kernel of {kernel} does not fit in an input of {input}");
                (input - kernel) / stride + 1
            }
            Padding::Same => input.div_ceil(stride),
        }
    }

    fn pad_total(&self, axis: usize) -> usize {
        match self.padding {
            Padding::Valid => 0,
            Padding::Same => ((self.output_along(axis) - 1) * self.strides[axis] + self.kernel_size[axis])
                .saturating_sub(self.input[axis]),
        }
    }
}
