//! An activation function as a layer of its own.

use super::{Layer, TrainingPass};
use crate::experiment::{Activation, CheckedLayer};
use crate::kernels::activation;

/// `y = activation(x)`.
#[derive(Debug)]
pub struct ActivationLayer {
    activation: Activation,
    /// Length of the last axis, along which softmax works.
    row_len: usize,
}

impl ActivationLayer {
    /// The function, for inputs of that shape.
    pub fn new(activation: Activation, checked: &CheckedLayer) -> ActivationLayer {
        ActivationLayer { activation, row_len: checked.input_shape.dims()[2] }
    }
}

impl Layer for ActivationLayer {
    fn forward(&mut self, x: &[f32], _weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        y.copy_from_slice(x);
        activation::forward(self.activation, y, self.row_len);
    }

    fn backward(&mut self, _x: &[f32], y: &[f32], dy: &mut [f32], _gradients: &mut [f32], dx: Option<&mut [f32]>) {
        if let Some(dx) = dx {
            dx.copy_from_slice(dy);
            activation::backward(self.activation, y, dx, self.row_len);
        }
    }
}
