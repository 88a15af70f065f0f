//! Adam (Kingma & Ba 2015), in the "epsilon hat" form that both Keras and scikit-learn compute.

use super::{EPSILON, OptimizerKind, SHARE, Update, rest_of_one};
use crate::field::{FieldMut, FieldSpec, NumberRange};
use crate::kernels::optimizer::{self, AdamStep};
use serde::Serialize;

/// `m = beta_1·m + (1 - beta_1)·g`, `v = beta_2·v + (1 - beta_2)·g²`,
/// `w -= learning_rate · sqrt(1 - beta_2^t) / (1 - beta_1^t) · m / (sqrt(v) + epsilon)` in step `t`, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AdamConfig {
    /// In `[0, 1)`; 0.9 by default.
    pub beta_1: f64,
    /// In `[0, 1)`; 0.999 by default.
    pub beta_2: f64,
    /// In `[1e-30, 1]`; 1e-7 by default (scikit-learn: 1e-8).
    pub epsilon: f64,
}

impl AdamConfig {
    /// Keras' defaults.
    pub const KERAS: AdamConfig = AdamConfig { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 };
    /// scikit-learn's defaults.
    pub const SCIKIT_LEARN: AdamConfig = AdamConfig { epsilon: 1e-8, ..AdamConfig::KERAS };
}

impl Default for AdamConfig {
    fn default() -> AdamConfig {
        AdamConfig::KERAS
    }
}

pub(super) const BETA_1: FieldSpec<NumberRange> =
    FieldSpec::new("beta_1", "beta 1", "How slowly Adam forgets the direction of past gradients.", SHARE);

pub(super) const BETA_2: FieldSpec<NumberRange> =
    FieldSpec::new("beta_2", "beta 2", "How slowly Adam forgets the size of past gradients.", SHARE);

impl OptimizerKind for AdamConfig {
    const NAME: &'static str = "Adam";
    const HELP: &'static str = "RMSprop with momentum: follows the mean of past gradients, divided for each weight by their usual size. A good first choice.";

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![
            FieldMut::Number(&BETA_1, &mut self.beta_1),
            FieldMut::Number(&BETA_2, &mut self.beta_2),
            FieldMut::Number(&EPSILON, &mut self.epsilon),
        ]
    }

    fn formula(&self, learning_rate: f64) -> String {
        let AdamConfig { beta_1, beta_2, epsilon } = self;
        let (rest_1, rest_2) = (rest_of_one(*beta_1), rest_of_one(*beta_2));
        format!(
            "m ← {beta_1} · m + {rest_1} · g;  v ← {beta_2} · v + {rest_2} · g²;  \
             w ← w − {learning_rate} · √(1 − {beta_2}ᵗ) ÷ (1 − {beta_1}ᵗ) · m ÷ (√v + {epsilon:e})"
        )
    }

    fn build(&self, n_params: usize) -> Box<dyn Update> {
        Box::new(Adam::new(*self, n_params))
    }
}

/// Adam with its memory.
#[derive(Debug, Clone)]
pub(super) struct Adam {
    config: AdamConfig,
    /// Mean of past gradients.
    mean: Vec<f32>,
    /// Mean square of past gradients.
    square_mean: Vec<f32>,
    n_steps: u64,
}

impl Adam {
    /// Adam before its first step.
    pub(super) fn new(config: AdamConfig, n_params: usize) -> Adam {
        Adam { config, mean: vec![0.0; n_params], square_mean: vec![0.0; n_params], n_steps: 0 }
    }
}

impl Update for Adam {
    fn step(&mut self, weights: &mut [f32], gradients: &[f32], learning_rate: f64) {
        self.n_steps += 1;
        let AdamConfig { beta_1, beta_2, epsilon } = self.config;
        let step = AdamStep::new(learning_rate, beta_1, beta_2, epsilon, self.n_steps);
        optimizer::adam(weights, gradients, &mut self.mean, &mut self.square_mean, &step);
    }

    fn boxed_clone(&self) -> Box<dyn Update> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::OptimizerConfig;
    use super::super::tests::check_update;
    use super::*;

    #[test]
    fn updates_are_their_formula() {
        // A large epsilon shows where it is added.
        for epsilon in [1e-7, 1e-2] {
            let config = OptimizerConfig::Adam(AdamConfig { epsilon, ..AdamConfig::KERAS });
            check_update(config, 0.01, |w, g, [m, v], t| {
                *m = 0.9 * *m + 0.1 * g;
                *v = 0.999 * *v + 0.001 * g * g;
                let correction = (1.0 - 0.999_f64.powi(t)).sqrt() / (1.0 - 0.9_f64.powi(t));
                *w -= 0.01 * correction * *m / (v.sqrt() + epsilon);
            });
        }
    }

    #[test]
    fn the_formula_carries_the_numbers() {
        assert_eq!(
            AdamConfig::KERAS.formula(0.001),
            "m ← 0.9 · m + 0.1 · g;  v ← 0.999 · v + 0.001 · g²;  \
             w ← w − 0.001 · √(1 − 0.999ᵗ) ÷ (1 − 0.9ᵗ) · m ÷ (√v + 1e-7)"
        );
    }
}
