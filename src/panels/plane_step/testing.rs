//! A small step to test texts with: two features, two hidden units, one output.

use super::stages::Step;
use crate::protocol::questions::PlaneStepAnswer;
use inkling_engine::data::{Dataset, Inputs, PlanePoint, Targets};
use inkling_engine::experiment::{Activation, CheckedExperiment, DenseConfig, LayerConfig, PlanePreset};
use inkling_engine::model::{Model, Workspace};
use inkling_engine::trainer::Trainer;
use std::sync::Arc;

/// The experiment, and what the worker answers about the point (1.5, −2), target 1.
pub fn example() -> (CheckedExperiment, PlaneStepAnswer) {
    let mut experiment = PlanePreset::Playground.experiment();
    let dense = |units| LayerConfig::Dense(DenseConfig::new(units).activation(Activation::Tanh));
    experiment.network = vec![dense(2), dense(1)];
    let Ok(checked) = experiment.check() else { panic!("an experiment") };
    let n = checked.n_train() + checked.n_validation();
    let inputs = Inputs::Numbers([1.5, -2.0].repeat(n));
    let Ok(dataset) = Dataset::new(inputs, 2, Targets::Values { values: vec![1.0; n], n_outputs: 1 }) else {
        panic!("a data set")
    };
    let mut model = Model::new(&checked);
    model.set_weights(&[0.5, -0.25, 0.25, 0.5, 0.1, 0.0, 0.75, -0.75, 0.2]);
    let Ok(trainer) = Trainer::with_model(checked.clone(), Arc::new(dataset), model) else { panic!("a trainer") };
    let Some(step) = trainer.point_step(&mut Workspace::new(trainer.model()), 0) else { panic!("a point") };
    let answer = PlaneStepAnswer {
        values: [trainer.model().weights(), &step.gradients, &step.after].concat(),
        x: step.x,
        layers: step.layers,
        outputs: step.outputs,
        target: step.target,
        loss: step.loss,
        loss_after: step.loss_after,
        learning_rate: 0.03,
    };
    (checked, answer)
}

/// The step of [`example`].
pub fn step_of<'a>(checked: &'a CheckedExperiment, answer: &'a PlaneStepAnswer) -> Step<'a> {
    Step { checked, point: PlanePoint { x1: 1.5, x2: -2.0, target: 1.0 }, answer }
}
