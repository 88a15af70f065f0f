//! Optimizers: how a gradient becomes a change of the weights, and what they remember between steps.

use crate::experiment::OptimizerConfig;
use crate::kernels::optimizer::{self, AdamStep};

/// An optimizer with its memory of one number or two a weight.
#[derive(Debug, Clone)]
pub struct Optimizer {
    config: OptimizerConfig,
    /// Velocity (SGD with momentum), or mean square (RMSprop, Adam).
    first: Vec<f32>,
    /// Mean (Adam).
    second: Vec<f32>,
    n_steps: u64,
}

impl Optimizer {
    /// An optimizer that has not seen a gradient.
    #[must_use]
    pub fn new(config: OptimizerConfig, n_params: usize) -> Optimizer {
        let (n_first, n_second) = match config {
            OptimizerConfig::Sgd { momentum: 0.0, .. } => (0, 0),
            OptimizerConfig::Sgd { .. } | OptimizerConfig::RmsProp { .. } => (n_params, 0),
            OptimizerConfig::Adam { .. } => (n_params, n_params),
        };
        Optimizer { config, first: vec![0.0; n_first], second: vec![0.0; n_second], n_steps: 0 }
    }

    /// One update.
    ///
    /// # Panics
    /// If lengths differ.
    pub fn step(&mut self, weights: &mut [f32], gradients: &[f32], learning_rate: f64) {
        self.n_steps += 1;
        let rate = learning_rate as f32;
        match self.config {
            OptimizerConfig::Sgd { momentum: 0.0, .. } => optimizer::sgd(weights, gradients, rate),
            OptimizerConfig::Sgd { momentum, nesterov } => {
                optimizer::sgd_momentum(weights, gradients, &mut self.first, rate, momentum as f32, nesterov);
            }
            OptimizerConfig::RmsProp { rho, epsilon } => {
                let rho = [rho as f32, (1.0 - rho) as f32];
                optimizer::rms_prop(weights, gradients, &mut self.first, rate, rho, epsilon as f32);
            }
            OptimizerConfig::Adam { beta_1, beta_2, epsilon } => {
                let step = AdamStep::new(learning_rate, beta_1, beta_2, epsilon, self.n_steps);
                optimizer::adam(weights, gradients, &mut self.second, &mut self.first, &step);
            }
        }
    }
}
