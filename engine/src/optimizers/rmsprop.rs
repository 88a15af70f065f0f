//! RMSprop: each step divided by the root of the mean square of past gradients (Hinton's lecture 6e).

use super::{EPSILON, OptimizerKind, SHARE, Update, rest_of_one};
use crate::field::{FieldMut, FieldSpec, NumberRange};
use crate::kernels::optimizer;
use serde::Serialize;

/// `v = rho·v + (1 - rho)·g²; w -= learning_rate·g / sqrt(v + epsilon)` (Keras' form).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RmsPropConfig {
    /// In `[0, 1)`; 0.9 by default.
    pub rho: f64,
    /// In `[1e-30, 1]`; 1e-7 by default.
    pub epsilon: f64,
}

impl RmsPropConfig {
    /// Keras' defaults.
    pub const KERAS: RmsPropConfig = RmsPropConfig { rho: 0.9, epsilon: 1e-7 };
}

impl Default for RmsPropConfig {
    fn default() -> RmsPropConfig {
        RmsPropConfig::KERAS
    }
}

const RHO: FieldSpec<NumberRange> =
    FieldSpec::new("rho", "rho", "How slowly RMSprop forgets the size of past gradients.", SHARE);

impl OptimizerKind for RmsPropConfig {
    const NAME: &'static str = "RMSprop";
    const HELP: &'static str = "Gradient descent with a step size for each weight: its gradient is divided by the usual size of its past gradients.";

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![FieldMut::Number(&RHO, &mut self.rho), FieldMut::Number(&EPSILON, &mut self.epsilon)]
    }

    fn formula(&self, learning_rate: f64) -> String {
        let (RmsPropConfig { rho, epsilon }, rest) = (self, rest_of_one(self.rho));
        format!("v ← {rho} · v + {rest} · g²;  w ← w − {learning_rate} · g ÷ √(v + {epsilon:e})")
    }

    fn build(&self, n_params: usize) -> Box<dyn Update> {
        Box::new(RmsProp { config: *self, square_mean: vec![0.0; n_params] })
    }
}

#[derive(Debug, Clone)]
struct RmsProp {
    config: RmsPropConfig,
    /// Mean square of past gradients.
    square_mean: Vec<f32>,
}

impl Update for RmsProp {
    fn step(&mut self, weights: &mut [f32], gradients: &[f32], learning_rate: f64) {
        let RmsPropConfig { rho, epsilon } = self.config;
        let rho = [rho as f32, (1.0 - rho) as f32];
        optimizer::rms_prop(weights, gradients, &mut self.square_mean, learning_rate as f32, rho, epsilon as f32);
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
        check_update(OptimizerConfig::RMSPROP, 0.01, |w, g, [v, _], _| {
            *v = 0.9 * *v + 0.1 * g * g;
            *w -= 0.01 * g / (*v + 1e-7).sqrt();
        });
    }

    #[test]
    fn the_formula_carries_the_numbers() {
        assert_eq!(RmsPropConfig::KERAS.formula(0.5), "v ← 0.9 · v + 0.1 · g²;  w ← w − 0.5 · g ÷ √(v + 1e-7)");
    }
}
