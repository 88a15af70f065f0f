//! Conv2D layers, alone or with a 2×2 max pool behind: forward and all gradients.

use super::{Conv2DGeometry, reference};

/// What is applied to each output of a convolution before it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FusedActivation {
    /// Nothing.
    Linear,
    /// `max(0, y)`.
    Relu,
}

/// Sizes, packed kernel and scratch of one Conv2D layer.
#[derive(Debug, Clone)]
pub struct Conv2DPlan {
    geometry: Conv2DGeometry,
    kernel: Vec<f32>,
}

impl Conv2DPlan {
    /// A plan for kernels of that geometry, all zeros until [`pack`](Self::pack).
    ///
    /// # Panics
    /// If a size is 0 or a `valid` kernel is larger than the input.
    #[must_use]
    pub fn new(geometry: Conv2DGeometry) -> Self {
        assert!(geometry.output_len() > 0 && geometry.patch_len() > 0, "a size is 0 in {geometry:?}");
        Conv2DPlan { geometry, kernel: vec![0.0; geometry.patch_len() * geometry.filters] }
    }

    /// The sizes.
    #[must_use]
    pub fn geometry(&self) -> &Conv2DGeometry {
        &self.geometry
    }

    /// Takes over the kernel `[kernel_h, kernel_w, in_channels, filters]`; to be called whenever it has changed.
    pub fn pack(&mut self, kernel: &[f32]) {
        self.kernel.copy_from_slice(kernel);
    }

    /// `y = activation(conv(x) + bias)`.
    ///
    /// # Shapes
    /// x `[n, height, width, in_channels]`, bias `[filters]`, y `[n, out_h, out_w, filters]`.
    pub fn forward(&mut self, x: &[f32], bias: &[f32], activation: FusedActivation, y: &mut [f32]) {
        reference::conv2d_forward(&self.geometry, x, &self.kernel, bias, y);
        if activation == FusedActivation::Relu {
            y.iter_mut().for_each(|y| *y = y.max(0.0));
        }
    }

    /// `y = max_pool_2x2(activation(conv(x) + bias))` in one pass; cells that fill no window are not computed.
    /// `winners` gets the cell of each window that won, `2·row + column` in `0..4`, on a tie the first.
    ///
    /// Other activations than relu may follow on `y`: all of them rise, so they commute with the maximum.
    ///
    /// # Shapes
    /// x `[n, height, width, in_channels]`, bias `[filters]`, y and winners `[n, out_h / 2, out_w / 2, filters]`.
    pub fn forward_max_pool(
        &mut self,
        x: &[f32],
        bias: &[f32],
        activation: FusedActivation,
        y: &mut [f32],
        winners: &mut [u16],
    ) {
        let n = x.len() / self.geometry.input_len();
        let mut full = vec![0.0; n * self.geometry.output_len()];
        self.forward(x, bias, activation, &mut full);
        super::pooling::max_pool_forward(&full, self.geometry.output(), [2, 2], y, winners);
    }

    /// Overwrites `dkernel`, `dbias` (sums over the samples) and, if asked for, `dx`.
    ///
    /// `dy` is the gradient before the activation; its zeros cost nothing.
    ///
    /// # Shapes
    /// x and dx `[n, height, width, in_channels]`, dy `[n, out_h, out_w, filters]`, dkernel as the kernel,
    /// dbias `[filters]`.
    pub fn backward(&mut self, x: &[f32], dy: &[f32], dkernel: &mut [f32], dbias: &mut [f32], dx: Option<&mut [f32]>) {
        let mut own_dx = vec![];
        let dx = dx.unwrap_or_else(|| {
            own_dx = vec![0.0; x.len()];
            &mut own_dx
        });
        reference::conv2d_backward(&self.geometry, x, &self.kernel, dy, dkernel, dbias, dx);
    }

    /// As [`backward`](Self::backward), from the gradient `dy` of the pooled output (before the activation:
    /// where relu gave 0, it must be 0) and the winners of [`forward_max_pool`](Self::forward_max_pool).
    ///
    /// # Shapes
    /// dy and winners `[n, out_h / 2, out_w / 2, filters]`, the others as in `backward`.
    pub fn backward_max_pool(
        &mut self,
        x: &[f32],
        dy: &[f32],
        winners: &[u16],
        dkernel: &mut [f32],
        dbias: &mut [f32],
        dx: Option<&mut [f32]>,
    ) {
        let n = x.len() / self.geometry.input_len();
        let mut full = vec![0.0; n * self.geometry.output_len()];
        super::pooling::max_pool_backward(dy, winners, self.geometry.output(), [2, 2], &mut full);
        self.backward(x, &full, dkernel, dbias, dx);
    }
}
