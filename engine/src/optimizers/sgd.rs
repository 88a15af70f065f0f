//! SGD: gradient descent, plain, with momentum, or with Nesterov's.

use super::{OptimizerKind, SHARE, Update};
use crate::field::{FieldMut, FieldSpec, NumberRange};
use crate::kernels::optimizer;
use serde::Serialize;

/// `u = momentum·u - learning_rate·g; w += u` (Nesterov: `w += momentum·u - learning_rate·g`).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SgdConfig {
    /// In `[0, 1)`; 0 by default.
    pub momentum: f64,
    /// Look ahead along the momentum; off by default.
    pub nesterov: bool,
}

impl SgdConfig {
    /// Keras' defaults.
    pub const KERAS: SgdConfig = SgdConfig { momentum: 0.0, nesterov: false };
}

impl Default for SgdConfig {
    fn default() -> SgdConfig {
        SgdConfig::KERAS
    }
}

const MOMENTUM: FieldSpec<NumberRange> = FieldSpec::new(
    "momentum",
    "Momentum",
    "Share of the last step that is carried on into the next one, like a ball that rolls downhill.",
    SHARE,
)
.term("momentum");

const NESTEROV: FieldSpec<()> = FieldSpec::new(
    "nesterov",
    "Nesterov",
    "Takes the gradient's share of the step as if the momentum had already been followed.",
    (),
);

impl OptimizerKind for SgdConfig {
    const NAME: &'static str = "SGD";
    const HELP: &'static str =
        "Gradient descent: each weight moves against its gradient, by the learning rate times the gradient.";

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![FieldMut::Number(&MOMENTUM, &mut self.momentum), FieldMut::Switch(&NESTEROV, &mut self.nesterov)]
    }

    fn formula(&self, learning_rate: f64) -> String {
        let SgdConfig { momentum, nesterov } = self;
        if *momentum == 0.0 {
            format!("w ← w − {learning_rate} · g")
        } else if *nesterov {
            format!("u ← {momentum} · u − {learning_rate} · g;  w ← w + {momentum} · u − {learning_rate} · g")
        } else {
            format!("u ← {momentum} · u − {learning_rate} · g;  w ← w + u")
        }
    }

    fn build(&self, n_params: usize) -> Box<dyn Update> {
        if self.momentum == 0.0 {
            Box::new(Plain)
        } else {
            Box::new(Momentum { config: *self, velocity: vec![0.0; n_params] })
        }
    }
}

/// Gradient descent without memory.
#[derive(Debug, Clone)]
struct Plain;

impl Update for Plain {
    fn step(&mut self, weights: &mut [f32], gradients: &[f32], learning_rate: f64) {
        optimizer::sgd(weights, gradients, learning_rate as f32);
    }

    fn boxed_clone(&self) -> Box<dyn Update> {
        Box::new(self.clone())
    }
}

#[derive(Debug, Clone)]
struct Momentum {
    config: SgdConfig,
    velocity: Vec<f32>,
}

impl Update for Momentum {
    fn step(&mut self, weights: &mut [f32], gradients: &[f32], learning_rate: f64) {
        let SgdConfig { momentum, nesterov } = self.config;
        let learning_rate = learning_rate as f32;
        optimizer::sgd_momentum(weights, gradients, &mut self.velocity, learning_rate, momentum as f32, nesterov);
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
        check_update(OptimizerConfig::SGD, 0.1, |w, g, _, _| *w -= 0.1 * g);
        for nesterov in [false, true] {
            let config = OptimizerConfig::Sgd(SgdConfig { momentum: 0.9, nesterov });
            check_update(config, 0.1, |w, g, [u, _], _| {
                *u = 0.9 * *u - 0.1 * g;
                *w += if nesterov { 0.9 * *u - 0.1 * g } else { *u };
            });
        }
    }

    #[test]
    fn the_formula_carries_the_numbers() {
        assert_eq!(SgdConfig::KERAS.formula(0.03), "w ← w − 0.03 · g");
        let momentum = SgdConfig { momentum: 0.9, nesterov: true };
        assert_eq!(momentum.formula(0.5), "u ← 0.9 · u − 0.5 · g;  w ← w + 0.9 · u − 0.5 · g");
    }
}
