//! Conv2D and the 2×2 MaxPooling2D behind it in one pass: the convolution's own output is never stored.
//!
//! All activations that a convolution may have rise, so the largest activation is that of the largest sum.

use super::conv2d::{fused, geometry};
use super::{Layer, ParamRange, TrainingPass};
use crate::experiment::{Activation, CheckedLayer, Conv2DConfig};
use crate::kernels::{Conv2DPlan, activation};

/// Both layers with their packed kernel.
#[derive(Debug)]
pub struct Conv2DMaxPooling2D {
    plan: Conv2DPlan,
    params: ParamRange,
    activation: Activation,
    /// The cell of each window that won.
    winners: Vec<u16>,
}

impl Conv2DMaxPooling2D {
    /// A pair of these sizes, to be packed before use.
    pub fn new(config: &Conv2DConfig, conv: &CheckedLayer, params: ParamRange) -> Conv2DMaxPooling2D {
        let plan = Conv2DPlan::new(geometry(config, conv));
        Conv2DMaxPooling2D { plan, params, activation: config.activation, winners: vec![] }
    }
}

impl Layer for Conv2DMaxPooling2D {
    fn pack(&mut self, weights: &[f32]) {
        self.plan.pack(&weights[self.params.kernel()]);
    }

    fn forward(&mut self, x: &[f32], weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        let (within, behind) = fused(self.activation);
        self.winners.resize(y.len(), 0);
        self.plan.forward_max_pool(x, &weights[self.params.bias()], within, y, &mut self.winners);
        activation::forward(behind, y, self.params.n_bias);
    }

    fn backward(&mut self, x: &[f32], y: &[f32], dy: &mut [f32], gradients: &mut [f32], dx: Option<&mut [f32]>) {
        activation::backward(self.activation, y, dy, self.params.n_bias);
        let (dkernel, dbias) = self.params.split_mut(gradients);
        self.plan.backward_max_pool(x, dy, &self.winners, dkernel, dbias, dx);
    }

    fn has_params(&self) -> bool {
        true
    }
}
