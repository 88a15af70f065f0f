//! What a normalized number is made of.

use super::NormalizationView;
use serde::{Deserialize, Serialize};

/// `result = (x - mean) / sqrt(variance + epsilon) · gamma + beta`
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BatchNormalizationArithmetic {
    /// What comes in.
    pub x: f32,
    /// The channel's moving mean.
    pub mean: f32,
    /// The channel's moving variance.
    pub variance: f32,
    /// What keeps the divisor from 0.
    pub epsilon: f64,
    /// What the normalized number is multiplied by.
    pub gamma: f32,
    /// What is added then.
    pub beta: f32,
    /// What comes out.
    pub result: f32,
}

impl BatchNormalizationArithmetic {
    pub(super) fn new(view: &NormalizationView<'_>, channel: usize, epsilon: f64, [x, result]: [f32; 2]) -> Self {
        BatchNormalizationArithmetic {
            x,
            mean: view.moving_mean[channel],
            variance: view.moving_variance[channel],
            epsilon,
            gamma: view.gamma[channel],
            beta: view.beta[channel],
            result,
        }
    }

    /// `sqrt(variance + epsilon)`
    #[must_use]
    pub fn deviation(&self) -> f32 {
        (f64::from(self.variance.max(0.0)) + self.epsilon).sqrt() as f32
    }

    /// `(x - mean) / sqrt(variance + epsilon)`
    #[must_use]
    pub fn normalized(&self) -> f32 {
        (self.x - self.mean) / self.deviation()
    }
}
