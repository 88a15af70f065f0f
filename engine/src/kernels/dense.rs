//! Dense layers: `y = x · kernel + bias` and its gradients.

use super::sparse_product::{self, ColumnGroups};
use super::{Aligned, SparseRows, product, tile, vector};

/// Sizes, packed kernel and scratch of one Dense layer.
#[derive(Debug, Clone)]
pub struct DensePlan {
    inputs: usize,
    units: usize,
    kernel: Aligned,
    /// Panels of the kernel; packed when a dense forward pass first needs them.
    panels: Packed<Aligned>,
    /// Groups of the kernel's columns; packed when a sparse forward pass first needs them.
    groups: Packed<ColumnGroups>,
    /// Panels of the kernel's transpose; packed when the gradient of the input is first needed.
    transposed_panels: Packed<Aligned>,
    /// Tiles of `xᵀ` and panels of `dy`, for their product.
    x_tiles: Aligned,
    dy_panels: Aligned,
    /// Groups of the columns of `dy`, for that product if `x` is sparse.
    dy_groups: ColumnGroups,
    /// `xᵀ` for the same product.
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
            groups: Packed::default(),
            transposed_panels: Packed::default(),
            x_tiles: Aligned::default(),
            dy_panels: Aligned::default(),
            dy_groups: ColumnGroups::default(),
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
        self.groups.is_current = false;
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
        let n_packed = tile::panels_len(self.inputs, units);
        let panels = self.panels.get(|panels| {
            panels.set_len(n_packed);
            tile::pack_panels(kernel, units, panels);
        });
        product::multiply(x, self.inputs, panels, units, Some(bias), y);
    }

    /// As [`forward`](Self::forward), with the same result, in time proportional to the entries of `x`.
    ///
    /// # Panics
    /// If lengths don't fit.
    pub fn forward_sparse(&mut self, x: &SparseRows, bias: &[f32], y: &mut [f32]) {
        self.check(x.n_rows(), x.n_rows() * x.row_len(), y.len());
        let (kernel, units) = (&self.kernel, self.units);
        let groups = self.groups.get(|groups| groups.fill(kernel, units));
        sparse_product::multiply(x, groups, Some(bias), y);
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
        self.x_tiles.set_len(tile::tiles_len(n, self.inputs));
        tile::pack_tiles(x, self.inputs, &mut self.x_tiles);
        product::multiply_tiles(&self.x_tiles, n, &self.dy_panels, self.units, dkernel);
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
        self.dy_groups.fill(dy, self.units);
        sparse_product::multiply(&self.sparse_columns, &self.dy_groups, None, dkernel);
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
        let n_packed = tile::panels_len(units, self.inputs);
        let panels = self.transposed_panels.get(|panels| {
            panels.set_len(n_packed);
            tile::pack_panels_transposed(kernel, units, panels);
        });
        product::multiply(dy, units, panels, self.inputs, None, dx);
    }

    #[track_caller]
    fn check(&self, n: usize, x_len: usize, y_len: usize) {
        assert_eq!((x_len, y_len), (n * self.inputs, n * self.units), "input and output of a Dense layer");
    }
}

/// The kernel in another order, made when it is asked for.
#[derive(Debug, Clone, Default)]
struct Packed<T> {
    kernel: T,
    is_current: bool,
}

impl<T> Packed<T> {
    fn get(&mut self, pack: impl FnOnce(&mut T)) -> &T {
        if !self.is_current {
            pack(&mut self.kernel);
            self.is_current = true;
        }
        &self.kernel
    }
}
