//! Dense layers: `y = x · kernel + bias` and its gradients.

use super::product::{self, Left};
use super::{SparseRows, sparse_product, tile};

/// Sizes, packed kernel and scratch of one Dense layer.
#[derive(Debug, Clone)]
pub struct DensePlan {
    inputs: usize,
    units: usize,
    kernel: Vec<f32>,
    panels: Vec<f32>,
    /// Of the kernel's transpose; packed when a gradient of the input is first asked for.
    transposed_panels: Vec<f32>,
    transposed_is_packed: bool,
    /// Of `dy`, for the product `xᵀ · dy`.
    dy_panels: Vec<f32>,
}

impl DensePlan {
    /// A plan for kernels `[inputs, units]`, all zeros until [`pack`](Self::pack).
    ///
    /// # Panics
    /// If a size is 0.
    #[must_use]
    pub fn new(inputs: usize, units: usize) -> Self {
        assert!(inputs > 0 && units > 0, "a Dense kernel is at least 1×1, not {inputs}×{units}");
        DensePlan {
            inputs,
            units,
            kernel: vec![0.0; inputs * units],
            panels: vec![0.0; tile::panels_len(inputs, units)],
            transposed_panels: vec![0.0; tile::panels_len(units, inputs)],
            transposed_is_packed: true,
            dy_panels: vec![],
        }
    }

    /// Takes over the kernel; to be called whenever it has changed.
    ///
    /// # Panics
    /// If its length isn't `inputs · units`.
    pub fn pack(&mut self, kernel: &[f32]) {
        self.kernel.copy_from_slice(kernel);
        tile::pack_panels(kernel, self.units, &mut self.panels);
        self.transposed_is_packed = false;
    }

    /// `y = x · kernel + bias`.
    ///
    /// # Shapes
    /// x `[n, inputs]`, bias `[units]`, y `[n, units]`.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn forward(&self, x: &[f32], bias: &[f32], y: &mut [f32]) {
        self.check(x.len() / self.inputs, x.len(), y.len());
        product::multiply(Left::matrix(x, self.inputs), &self.panels, self.units, Some(bias), y);
    }

    /// As [`forward`](Self::forward), with the same result, in time proportional to the entries of `x`.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn forward_sparse(&self, x: &SparseRows, bias: &[f32], y: &mut [f32]) {
        self.check(x.n_rows(), x.n_rows() * x.row_len(), y.len());
        sparse_product::forward(x, &self.panels, bias, y);
    }

    /// Overwrites `dkernel = xᵀ · dy` and `dbias = Σ dy` (sums over the samples).
    ///
    /// # Shapes
    /// x `[n, inputs]`, dy `[n, units]`, dkernel `[inputs, units]`, dbias `[units]`.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn backward_params(&mut self, x: &[f32], dy: &[f32], dkernel: &mut [f32], dbias: &mut [f32]) {
        let n = x.len() / self.inputs;
        self.check(n, x.len(), dy.len());
        self.dy_panels.resize(tile::panels_len(n, self.units), 0.0);
        tile::pack_panels(dy, self.units, &mut self.dy_panels);
        product::multiply(Left::transposed(x, self.inputs), &self.dy_panels, self.units, None, dkernel);
        sum_rows(dy, dbias);
    }

    /// As [`backward_params`](Self::backward_params), with the same result, in time proportional to the entries of
    /// `x` (and a zero for each weight).
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn backward_params_sparse(&mut self, x: &SparseRows, dy: &[f32], dkernel: &mut [f32], dbias: &mut [f32]) {
        self.check(x.n_rows(), x.n_rows() * x.row_len(), dy.len());
        assert_eq!(dkernel.len(), self.kernel.len(), "gradient of a Dense kernel");
        sparse_product::backward(x, dy, self.units, dkernel);
        sum_rows(dy, dbias);
    }

    /// Overwrites `dx = dy · kernelᵀ`.
    ///
    /// # Shapes
    /// dy `[n, units]`, dx `[n, inputs]`.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn backward_input(&mut self, dy: &[f32], dx: &mut [f32]) {
        self.check(dy.len() / self.units, dx.len(), dy.len());
        if !self.transposed_is_packed {
            tile::pack_panels_transposed(&self.kernel, self.units, &mut self.transposed_panels);
            self.transposed_is_packed = true;
        }
        product::multiply(Left::matrix(dy, self.units), &self.transposed_panels, self.inputs, None, dx);
    }

    #[track_caller]
    fn check(&self, n: usize, x_len: usize, y_len: usize) {
        assert_eq!((x_len, y_len), (n * self.inputs, n * self.units), "input and output of a Dense layer");
    }
}

/// Overwrites `sums` by the sums of the columns.
fn sum_rows(rows: &[f32], sums: &mut [f32]) {
    sums.fill(0.0);
    for row in rows.chunks_exact(sums.len()) {
        sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    }
}
