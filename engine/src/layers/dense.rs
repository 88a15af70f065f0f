//! Dense: `y = activation(x · kernel + bias)`.

use super::{Layer, ParamRange, TrainingPass};
use crate::experiment::{Activation, CheckedLayer};
use crate::kernels::{DensePlan, SparseRows, activation};

/// Inputs below which looking for zeros does not pay.
const MIN_SPARSE_INPUTS: usize = 256;
/// Share of non-zero inputs up to which the sparse products win.
pub const MAX_DENSITY: f64 = 0.5;

/// A Dense layer with its packed kernel.
#[derive(Debug)]
pub struct Dense {
    plan: DensePlan,
    params: ParamRange,
    activation: Activation,
    units: usize,
    inputs: usize,
    /// The input's non-zero entries: pixels are mostly zero. The products give the same bits either way.
    sparse_x: SparseRows,
    is_sparse: bool,
    /// Whether `sparse_x` was filled in advance.
    has_entries: bool,
}

impl Dense {
    /// A layer of these sizes, to be packed before use.
    pub fn new(checked: &CheckedLayer, params: ParamRange, activation: Activation) -> Dense {
        let (inputs, units) = (checked.input_shape.size(), checked.output_shape.size());
        let plan = DensePlan::new(inputs, units);
        let sparse_x = SparseRows::new();
        Dense { plan, params, activation, units, inputs, sparse_x, is_sparse: false, has_entries: false }
    }
}

impl Layer for Dense {
    fn pack(&mut self, weights: &[f32]) {
        self.plan.pack(&weights[self.params.kernel()]);
    }

    fn forward(&mut self, x: &[f32], weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        let bias = &weights[self.params.bias()];
        self.is_sparse = std::mem::take(&mut self.has_entries)
            || self.accepts_sparse() && {
                self.sparse_x.fill(x, self.inputs);
                self.sparse_x.density() <= MAX_DENSITY
            };
        if self.is_sparse {
            self.plan.forward_sparse(&self.sparse_x, bias, y);
        } else {
            self.plan.forward(x, bias, y);
        }
        activation::forward(self.activation, y, self.units);
    }

    fn backward(&mut self, x: &[f32], y: &[f32], dy: &mut [f32], gradients: &mut [f32], dx: Option<&mut [f32]>) {
        activation::backward(self.activation, y, dy, self.units);
        let (dkernel, dbias) = self.params.split_mut(gradients);
        if self.is_sparse {
            self.plan.backward_params_sparse(&self.sparse_x, dy, dkernel, dbias);
        } else {
            self.plan.backward_params(x, dy, dkernel, dbias);
        }
        if let Some(dx) = dx {
            self.plan.backward_input(dy, dx);
        }
    }

    fn has_params(&self) -> bool {
        true
    }

    fn accepts_sparse(&self) -> bool {
        self.inputs >= MIN_SPARSE_INPUTS
    }

    fn take_entries(&mut self, x: &mut SparseRows) {
        std::mem::swap(&mut self.sparse_x, x);
        self.has_entries = true;
    }
}
