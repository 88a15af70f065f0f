//! Flatten: the numbers stay in their order, only the shape changes.

use super::{Layer, TrainingPass};

/// Passes on what it is given.
#[derive(Debug)]
pub struct Identity;

impl Layer for Identity {
    fn forward(&mut self, x: &[f32], _weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        y.copy_from_slice(x);
    }

    fn backward(&mut self, _x: &[f32], _y: &[f32], dy: &mut [f32], _gradients: &mut [f32], dx: Option<&mut [f32]>) {
        if let Some(dx) = dx {
            dx.copy_from_slice(dy);
        }
    }
}
