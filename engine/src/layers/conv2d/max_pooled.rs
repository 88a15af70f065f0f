//! A Conv2D and the MaxPooling2D after it in one pass: the convolution's own output is never stored.
//!
//! All activations that a convolution may have are monotonic, so the largest activation is that of the largest sum.

use crate::experiment::Activation;
use crate::kernels::{Conv2DGeometry, Conv2DPlan, Upstream};
use crate::layers::{Layer, ParamRange, TrainingPass};

/// Both layers with their packed kernel.
#[derive(Debug)]
pub(super) struct MaxPooledConv2D {
    plan: Conv2DPlan,
    params: ParamRange,
    activation: Activation,
    /// The cell of each window that won.
    winners: Vec<u16>,
}

impl MaxPooledConv2D {
    /// A pair of these sizes, to be packed before use.
    pub(super) fn new(
        geometry: Conv2DGeometry,
        pool_size: [usize; 2],
        params: ParamRange,
        activation: Activation,
    ) -> MaxPooledConv2D {
        MaxPooledConv2D { plan: Conv2DPlan::with_max_pool(geometry, pool_size), params, activation, winners: vec![] }
    }
}

impl Layer for MaxPooledConv2D {
    fn pack(&mut self, weights: &[f32]) {
        self.plan.pack(&weights[self.params.kernel()]);
    }

    fn forward(&mut self, x: &[f32], weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        self.winners.resize(y.len(), 0);
        self.plan.forward_max_pool(x, &weights[self.params.bias()], self.activation, y, &mut self.winners);
    }

    fn backward(&mut self, x: &[f32], y: &[f32], dy: &mut [f32], gradients: &mut [f32], dx: Option<&mut [f32]>) {
        let (dkernel, dbias) = self.params.split_mut(gradients);
        let upstream = Upstream { y, dy, activation: self.activation };
        self.plan.backward_max_pool(x, upstream, &self.winners, dkernel, dbias, dx);
    }

    fn has_params(&self) -> bool {
        true
    }
}
