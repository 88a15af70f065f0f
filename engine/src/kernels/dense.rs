//! Dense layers: `y = x · kernel + bias` and its gradients.

use super::{SparseRows, reference};

/// Sizes, packed kernel and scratch of one Dense layer.
#[derive(Debug, Clone)]
pub struct DensePlan {
    inputs: usize,
    units: usize,
    kernel: Vec<f32>,
}

impl DensePlan {
    /// A plan for kernels `[inputs, units]`, all zeros until [`pack`](Self::pack).
    ///
    /// # Panics
    /// If a size is 0.
    #[must_use]
    pub fn new(inputs: usize, units: usize) -> Self {
        assert!(inputs > 0 && units > 0, "a Dense kernel is at least 1×1, not {inputs}×{units}");
        DensePlan { inputs, units, kernel: vec![0.0; inputs * units] }
    }

    /// Takes over the kernel; to be called whenever it has changed.
    pub fn pack(&mut self, kernel: &[f32]) {
        self.kernel.copy_from_slice(kernel);
    }

    /// `y = x · kernel + bias`.
    ///
    /// # Shapes
    /// x `[n, inputs]`, bias `[units]`, y `[n, units]`.
    pub fn forward(&self, x: &[f32], bias: &[f32], y: &mut [f32]) {
        self.check(x.len() / self.inputs, x.len(), y.len());
        reference::dense_forward(x, &self.kernel, bias, y);
    }

    /// As [`forward`](Self::forward), bit for bit, in time proportional to the entries of `x`.
    pub fn forward_sparse(&self, x: &SparseRows, bias: &[f32], y: &mut [f32]) {
        assert_eq!((x.row_len(), x.n_rows() * self.units), (self.inputs, y.len()), "sparse input and output of Dense");
        for (s, y) in y.chunks_exact_mut(self.units).enumerate() {
            y.copy_from_slice(bias);
            for (i, value) in x.row(s) {
                y.iter_mut().zip(&self.kernel[i * self.units..]).for_each(|(y, k)| *y += value * k);
            }
        }
    }

    /// Overwrites `dkernel = xᵀ · dy` and `dbias = Σ dy` (sums over the samples).
    ///
    /// # Shapes
    /// x `[n, inputs]`, dy `[n, units]`, dkernel `[inputs, units]`, dbias `[units]`.
    pub fn backward_params(&mut self, x: &[f32], dy: &[f32], dkernel: &mut [f32], dbias: &mut [f32]) {
        self.check(x.len() / self.inputs, x.len(), dy.len());
        reference::dense_backward_params(x, dy, dkernel, dbias);
    }

    /// As [`backward_params`](Self::backward_params), bit for bit, in time proportional to the entries of `x`.
    pub fn backward_params_sparse(&mut self, x: &SparseRows, dy: &[f32], dkernel: &mut [f32], dbias: &mut [f32]) {
        assert_eq!((x.row_len(), x.n_rows() * self.units), (self.inputs, dy.len()), "sparse input and dy of Dense");
        dkernel.fill(0.0);
        dbias.fill(0.0);
        for (s, dy) in dy.chunks_exact(self.units).enumerate() {
            dbias.iter_mut().zip(dy).for_each(|(d, g)| *d += g);
            for (i, value) in x.row(s) {
                dkernel[i * self.units..].iter_mut().zip(dy).for_each(|(d, g)| *d += value * g);
            }
        }
    }

    /// Overwrites `dx = dy · kernelᵀ`.
    ///
    /// # Shapes
    /// dy `[n, units]`, dx `[n, inputs]`.
    pub fn backward_input(&mut self, dy: &[f32], dx: &mut [f32]) {
        self.check(dy.len() / self.units, dx.len(), dy.len());
        reference::dense_backward_input(dy, &self.kernel, self.units, dx);
    }

    #[track_caller]
    fn check(&self, n: usize, x_len: usize, y_len: usize) {
        assert_eq!((x_len, y_len), (n * self.inputs, n * self.units), "input and output of a Dense layer");
    }
}
