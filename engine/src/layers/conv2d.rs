//! Conv2D: `y = activation(conv(x) + bias)`.

use super::{Layer, ParamRange, TrainingPass};
use crate::experiment::{Activation, CheckedLayer, Conv2DConfig};
use crate::kernels::{Conv2DGeometry, Conv2DPlan, FusedActivation, activation};

/// Sizes of the convolution that a layer does.
pub fn geometry(config: &Conv2DConfig, checked: &CheckedLayer) -> Conv2DGeometry {
    Conv2DGeometry {
        input: checked.input_shape.dims(),
        filters: config.filters,
        kernel_size: config.kernel_size,
        strides: config.strides,
        padding: config.padding,
    }
}

/// What of an activation the convolution does itself; the rest is a pass of its own.
pub fn fused(activation: Activation) -> (FusedActivation, Activation) {
    match activation {
        Activation::Relu => (FusedActivation::Relu, Activation::Linear),
        other => (FusedActivation::Linear, other),
    }
}

/// A Conv2D layer with its packed kernel.
#[derive(Debug)]
pub struct Conv2D {
    plan: Conv2DPlan,
    params: ParamRange,
    activation: Activation,
}

impl Conv2D {
    /// A layer of these sizes, to be packed before use.
    pub fn new(config: &Conv2DConfig, checked: &CheckedLayer, params: ParamRange, activation: Activation) -> Conv2D {
        Conv2D { plan: Conv2DPlan::new(geometry(config, checked)), params, activation }
    }
}

impl Layer for Conv2D {
    fn pack(&mut self, weights: &[f32]) {
        self.plan.pack(&weights[self.params.kernel()]);
    }

    fn forward(&mut self, x: &[f32], weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        let (within, behind) = fused(self.activation);
        self.plan.forward(x, &weights[self.params.bias()], within, y);
        activation::forward(behind, y, self.params.n_bias);
    }

    fn backward(&mut self, x: &[f32], y: &[f32], dy: &mut [f32], gradients: &mut [f32], dx: Option<&mut [f32]>) {
        activation::backward(self.activation, y, dy, self.params.n_bias);
        let (dkernel, dbias) = self.params.split_mut(gradients);
        self.plan.backward(x, dy, dkernel, dbias, dx);
    }

    fn has_params(&self) -> bool {
        true
    }
}
