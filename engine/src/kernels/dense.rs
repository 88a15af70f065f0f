//! Dense layers: `y = x · kernel + bias` and its gradients.

use super::product::{self, Left};
use super::{Aligned, SparseRows, sparse_product, tile, vector};

/// Sizes, packed kernel and scratch of one Dense layer.
#[derive(Debug, Clone)]
pub struct DensePlan {
    inputs: usize,
    units: usize,
    kernel: Aligned,
    /// Panels of the kernel; packed when a dense forward pass first needs them.
    panels: Packed,
    /// Panels of the kernel's transpose; packed when the gradient of the input is first needed.
    transposed_panels: Packed,
    /// Panels of `dy`, for the product `xᵀ · dy`.
    dy_panels: Aligned,
    /// `xᵀ` for the same product, if `x` is sparse.
    sparse_columns: SparseRows,
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
            kernel: Aligned::zeros(inputs * units),
            panels: Packed::default(),
            transposed_panels: Packed::default(),
            dy_panels: Aligned::default(),
            sparse_columns: SparseRows::new(),
        }
    }

    /// Takes over the kernel; to be called whenever it has changed.
    ///
    /// # Panics
    /// If its length isn't `inputs · units`.
    pub fn pack(&mut self, kernel: &[f32]) {
        self.kernel.copy_from_slice(kernel);
        self.panels.is_current = false;
        self.transposed_panels.is_current = false;
    }

    /// `y = x · kernel + bias`.
    ///
    /// # Shapes
    /// x `[n, inputs]`, bias `[units]`, y `[n, units]`.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn forward(&mut self, x: &[f32], bias: &[f32], y: &mut [f32]) {
        self.check(x.len() / self.inputs, x.len(), y.len());
        let (kernel, units) = (&self.kernel, self.units);
        let panels = self.panels.get(tile::panels_len(self.inputs, units), |panels| {
            tile::pack_panels(kernel, units, panels);
        });
        product::multiply(Left::matrix(x, self.inputs), panels, units, Some(bias), y);
    }

    /// As [`forward`](Self::forward), with the same result, in time proportional to the entries of `x`.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn forward_sparse(&self, x: &SparseRows, bias: &[f32], y: &mut [f32]) {
        self.check(x.n_rows(), x.n_rows() * x.row_len(), y.len());
        sparse_product::multiply(x, &self.kernel, Some(bias), self.units, y);
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
        self.dy_panels.set_len(tile::panels_len(n, self.units));
        tile::pack_panels(dy, self.units, &mut self.dy_panels);
        product::multiply(Left::transposed(x, self.inputs), &self.dy_panels, self.units, None, dkernel);
        dbias.fill(0.0);
        vector::add_rows(dy, dbias);
    }

    /// As [`backward_params`](Self::backward_params), with the same result, in time proportional to the entries of
    /// `x`. Input by input, so that each weight's gradient is written once.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn backward_params_sparse(&mut self, x: &SparseRows, dy: &[f32], dkernel: &mut [f32], dbias: &mut [f32]) {
        self.check(x.n_rows(), x.n_rows() * x.row_len(), dy.len());
        assert_eq!(dkernel.len(), self.kernel.len(), "gradient of a Dense kernel");
        x.transpose(&mut self.sparse_columns);
        sparse_product::multiply(&self.sparse_columns, dy, None, self.units, dkernel);
        dbias.fill(0.0);
        vector::add_rows(dy, dbias);
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
        let (kernel, units) = (&self.kernel, self.units);
        let panels = self.transposed_panels.get(tile::panels_len(units, self.inputs), |panels| {
            tile::pack_panels_transposed(kernel, units, panels);
        });
        product::multiply(Left::matrix(dy, units), panels, self.inputs, None, dx);
    }

    #[track_caller]
    fn check(&self, n: usize, x_len: usize, y_len: usize) {
        assert_eq!((x_len, y_len), (n * self.inputs, n * self.units), "input and output of a Dense layer");
    }
}

/// Panels of the kernel, made when they are asked for.
#[derive(Debug, Clone, Default)]
struct Packed {
    panels: Aligned,
    is_current: bool,
}

impl Packed {
    fn get(&mut self, len: usize, pack: impl FnOnce(&mut [f32])) -> &[f32] {
        if !self.is_current {
            self.panels.set_len(len);
            pack(&mut self.panels);
            self.is_current = true;
        }
        &self.panels
    }
}
