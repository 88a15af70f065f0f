//! One update, tried on a copy.

use super::held::held;
use crate::model::Model;
use crate::optimizers::Optimizer;

/// What one update by the gradient of a single sample would do.
#[derive(Debug, Clone)]
pub struct TrialStep {
    /// The gradients, one a weight, with the penalties of a batch of one.
    pub gradients: Vec<f32>,
    /// The network after the update.
    pub model: Model,
}

impl TrialStep {
    /// Updates a copy of the network with what a copy of the optimizer remembers; both stay as they are. Moving statistics do
    /// not move: a single sample has no spread.
    ///
    /// # Panics
    /// If there are not as many `gradients` as weights, or the optimizer is of another network.
    #[must_use]
    pub fn new(model: &Model, optimizer: &Optimizer, learning_rate: f64, gradients: Vec<f32>) -> TrialStep {
        TrialStep::with_held(model, optimizer, learning_rate, gradients, [&[], &[]])
    }

    /// As [`new`](TrialStep::new), where some weights are frozen and some dead: one flag a weight, or none.
    ///
    /// # Panics
    /// As `new`.
    #[must_use]
    pub fn with_held(
        model: &Model,
        optimizer: &Optimizer,
        learning_rate: f64,
        mut gradients: Vec<f32>,
        [frozen, dead]: [&[bool]; 2],
    ) -> TrialStep {
        model.add_penalty_gradient(1, &mut gradients);
        for mask in [frozen, dead] {
            held(&mut gradients, mask).for_each(|(gradient, _)| *gradient = 0.0);
        }
        let (mut model, mut optimizer) = (model.clone(), optimizer.clone());
        let before = model.weights().to_vec();
        optimizer.step(model.weights_mut(), &gradients, learning_rate);
        for mask in [dead, frozen].into_iter().filter(|mask| !mask.is_empty()) {
            held(model.weights_mut(), mask).for_each(|(weight, idx)| *weight = before[idx]);
        }
        model.shrink(&before, learning_rate, frozen, &mut []);
        model.move_statistics(&before, &[], frozen);
        TrialStep { gradients, model }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::experiment::{Experiment, OptimizerConfig, Preset};
    use crate::losses::Target;
    use crate::model::Workspace;

    fn experiment(optimizer: OptimizerConfig) -> Experiment {
        let mut experiment = Preset::Mlp16x16.experiment();
        experiment.training.optimizer = optimizer;
        experiment
    }

    #[test]
    fn descent_moves_each_weight_against_its_gradient_and_lowers_the_loss() {
        let model = Model::new(&experiment(OptimizerConfig::SGD).check().unwrap());
        let mut workspace = Workspace::new(&model);
        let x: Vec<f32> = (0..784).map(|pixel| (pixel % 9) as f32 / 9.0).collect();
        let gradients = model.weight_gradient(&mut workspace, &x, Target::Labels(&[4]));
        let optimizer = Optimizer::new(OptimizerConfig::SGD, model.n_params());
        let tried = TrialStep::new(&model, &optimizer, 0.01, gradients.clone());
        assert_eq!(tried.gradients, gradients, "this network has no penalties");
        for ((before, gradient), after) in model.weights().iter().zip(&gradients).zip(tried.model.weights()) {
            assert!((before - 0.01 * gradient - after).abs() <= f32::EPSILON * before.abs().max(1e-3));
        }
        let before = model.predict(&mut workspace, &x)[[0, 4]];
        let after = tried.model.predict(&mut Workspace::new(&tried.model), &x)[[0, 4]];
        assert!(after > before, "{before} → {after}");
    }

    #[test]
    fn the_first_step_of_adam_is_as_long_as_the_learning_rate() {
        let model = Model::new(&experiment(OptimizerConfig::ADAM).check().unwrap());
        let mut workspace = Workspace::new(&model);
        let gradients = model.weight_gradient(&mut workspace, &[0.5; 784], Target::Labels(&[1]));
        let optimizer = Optimizer::new(OptimizerConfig::ADAM, model.n_params());
        let tried = TrialStep::new(&model, &optimizer, 0.001, gradients);
        let bias = model.param_ranges().last().unwrap().bias();
        for idx in bias {
            let change = tried.model.weights()[idx] - model.weights()[idx];
            assert!((change + 0.001 * tried.gradients[idx].signum()).abs() < 1e-5, "{change}");
        }
    }
}
