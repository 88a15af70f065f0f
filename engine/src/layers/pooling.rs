//! MaxPooling2D and AveragePooling2D.

use super::{Layer, TrainingPass};
use crate::experiment::{CheckedLayer, PoolingConfig};
use crate::kernels::pooling;

/// Largest value of each window.
#[derive(Debug)]
pub struct MaxPooling2D {
    input: [usize; 3],
    pool_size: [usize; 2],
    /// The cell of each window that won.
    winners: Vec<u16>,
}

impl MaxPooling2D {
    /// A layer of these sizes.
    pub fn new(config: &PoolingConfig, checked: &CheckedLayer) -> MaxPooling2D {
        MaxPooling2D { input: checked.input_shape.dims(), pool_size: config.pool_size, winners: vec![] }
    }
}

impl Layer for MaxPooling2D {
    fn forward(&mut self, x: &[f32], _weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        self.winners.resize(y.len(), 0);
        pooling::max_pool_forward(x, self.input, self.pool_size, y, &mut self.winners);
    }

    fn backward(&mut self, _x: &[f32], _y: &[f32], dy: &mut [f32], _gradients: &mut [f32], dx: Option<&mut [f32]>) {
        if let Some(dx) = dx {
            pooling::max_pool_backward(dy, &self.winners, self.input, self.pool_size, dx);
        }
    }
}

/// Mean of each window.
#[derive(Debug)]
pub struct AveragePooling2D {
    input: [usize; 3],
    pool_size: [usize; 2],
}

impl AveragePooling2D {
    /// A layer of these sizes.
    pub fn new(config: &PoolingConfig, checked: &CheckedLayer) -> AveragePooling2D {
        AveragePooling2D { input: checked.input_shape.dims(), pool_size: config.pool_size }
    }
}

impl Layer for AveragePooling2D {
    fn forward(&mut self, x: &[f32], _weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        pooling::average_pool_forward(x, self.input, self.pool_size, y);
    }

    fn backward(&mut self, _x: &[f32], _y: &[f32], dy: &mut [f32], _gradients: &mut [f32], dx: Option<&mut [f32]>) {
        if let Some(dx) = dx {
            pooling::average_pool_backward(dy, self.input, self.pool_size, dx);
        }
    }
}
