//! AdamW (Loshchilov & Hutter 2019): Adam with weight decay that does not pass through the gradient, as Keras does it.

use super::adam::{Adam, AdamConfig, BETA_1, BETA_2};
use super::{EPSILON, OptimizerKind, Update};
use crate::field::{FieldMut, FieldSpec, NumberRange};
use crate::kernels::optimizer;
use serde::Serialize;

/// `w -= learning_rate · weight_decay · w` for every weight, biases too, then Adam's step with the gradient of the
/// weights from before.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AdamWConfig {
    /// In `[0, 1)`; 0.9 by default.
    pub beta_1: f64,
    /// In `[0, 1)`; 0.999 by default.
    pub beta_2: f64,
    /// In `[1e-30, 1]`; 1e-7 by default.
    pub epsilon: f64,
    /// In `[0, 1]`; 0.004 by default.
    pub weight_decay: f64,
}

impl Default for AdamWConfig {
    fn default() -> AdamWConfig {
        let AdamConfig { beta_1, beta_2, epsilon } = AdamConfig::KERAS;
        AdamWConfig { beta_1, beta_2, epsilon, weight_decay: 0.004 }
    }
}

impl AdamWConfig {
    fn adam(&self) -> AdamConfig {
        AdamConfig { beta_1: self.beta_1, beta_2: self.beta_2, epsilon: self.epsilon }
    }
}

const WEIGHT_DECAY: FieldSpec<NumberRange> = FieldSpec::new(
    "weight_decay",
    "weight decay",
    "Share of every weight, times the learning rate, that each step takes away.",
    NumberRange::closed(0.0, 1.0),
);

impl OptimizerKind for AdamWConfig {
    const NAME: &'static str = "AdamW";
    const HELP: &'static str = "Adam that also shrinks every weight a little at each step, so that weights stay small unless the data keep pulling at them.";

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![
            FieldMut::Number(&BETA_1, &mut self.beta_1),
            FieldMut::Number(&BETA_2, &mut self.beta_2),
            FieldMut::Number(&EPSILON, &mut self.epsilon),
            FieldMut::Number(&WEIGHT_DECAY, &mut self.weight_decay),
        ]
    }

    fn formula(&self, learning_rate: f64) -> String {
        let (decay, adam) = (self.weight_decay, self.adam().formula(learning_rate));
        format!("w ← w − {learning_rate} · {decay} · w;  {adam}")
    }

    fn build(&self, n_params: usize) -> Box<dyn Update> {
        Box::new(AdamW { weight_decay: self.weight_decay, adam: Adam::new(self.adam(), n_params) })
    }
}

#[derive(Debug, Clone)]
struct AdamW {
    weight_decay: f64,
    adam: Adam,
}

impl Update for AdamW {
    fn step(&mut self, weights: &mut [f32], gradients: &[f32], learning_rate: f64) {
        optimizer::decay(weights, (learning_rate * self.weight_decay) as f32);
        self.adam.step(weights, gradients, learning_rate);
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
        let config = AdamWConfig { weight_decay: 0.5, ..AdamWConfig::default() };
        check_update(OptimizerConfig::AdamW(config), 0.01, |w, g, [m, v], t| {
            *w -= 0.01 * 0.5 * *w;
            *m = 0.9 * *m + 0.1 * g;
            *v = 0.999 * *v + 0.001 * g * g;
            let correction = (1.0 - 0.999_f64.powi(t)).sqrt() / (1.0 - 0.9_f64.powi(t));
            *w -= 0.01 * correction * *m / (v.sqrt() + 1e-7);
        });
    }
    #[test]
    fn the_formula_carries_the_numbers() {
        let formula = AdamWConfig::default().formula(0.001);
        assert_eq!(formula, format!("w ← w − 0.001 · 0.004 · w;  {}", AdamConfig::KERAS.formula(0.001)));
    }
}
