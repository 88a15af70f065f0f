//! One sample's way through the network and back, and the update by it alone, tried on a copy.

use super::{Trainer, TrialStep};
use crate::data::Targets;
use crate::experiment::Activation;
use crate::kernels::activation;
use crate::layers::KernelView;
use crate::losses::Target;
use crate::model::{Model, Workspace};
use serde::{Deserialize, Serialize};

/// A step by one sample.
#[derive(Debug, Clone, PartialEq)]
pub struct PointStep {
    /// What the network is given.
    pub x: Vec<f32>,
    /// Its Dense layers, in order.
    pub layers: Vec<DenseStep>,
    /// What the network gives.
    pub outputs: Vec<f32>,
    /// What it should give, one number an output.
    pub target: Vec<f32>,
    /// The sample's loss, without penalties.
    pub loss: f64,
    /// The same after the update.
    pub loss_after: f64,
    /// The gradient for each weight, with the penalties of a batch of one; 0 for what is frozen or dead.
    pub gradients: Vec<f32>,
    /// The weights after the update.
    pub after: Vec<f32>,
}

/// A Dense layer in such a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DenseStep {
    /// Index into the network.
    pub layer_idx: usize,
    /// Where its weights begin among all: kernel `[inputs, units]`, then bias.
    pub start: usize,
    /// Whether it has a bias.
    pub has_bias: bool,
    /// What it ends with.
    pub activation: Activation,
    /// What it is given.
    pub inputs: Vec<f32>,
    /// Each unit's weighted sum, bias included.
    pub sums: Vec<f32>,
    /// What the units give.
    pub outputs: Vec<f32>,
    /// The gradient of the loss with respect to what the units give; of the network's last layer, to their sums.
    pub output_gradients: Vec<f32>,
    /// The gradient of the loss with respect to the sums.
    pub deltas: Vec<f32>,
}

impl Trainer {
    /// Tries a step by one sample, with the optimizer's own memory; the run stays as it is. Dropout is off, and
    /// BatchNormalization uses its moving statistics, which stay: one sample has no spread of its own. `None` if
    /// there is no such sample.
    #[must_use]
    pub fn point_step(&self, workspace: &mut Workspace, sample_idx: usize) -> Option<PointStep> {
        let (x, n_outputs) = (self.dataset.input(sample_idx)?, self.model.n_outputs());
        let label;
        let (target, numbers) = match self.dataset.targets() {
            Targets::Labels(labels) => {
                label = [*labels.get(sample_idx)?];
                let numbers = (0..n_outputs).map(|output| f32::from(usize::from(label[0]) == output)).collect();
                (Target::Labels(&label), numbers)
            }
            Targets::Values { values, n_outputs } => {
                let values = values.get(sample_idx * n_outputs..)?.get(..*n_outputs)?;
                (Target::Values(values), values.to_vec())
            }
        };
        let outputs = self.model.predict(workspace, &x).into_iter().collect();
        let layers = dense_steps(&self.model, workspace, &x, target);
        let gradients = self.model.weight_gradient(workspace, &x, target);
        let held = [self.frozen.as_slice(), &self.dead];
        let tried = TrialStep::with_held(&self.model, &self.optimizer, self.learning_rate, gradients, held);
        let mut loss = |model: &Model| {
            model.evaluate_samples(workspace, &self.dataset, &[sample_idx as u32], &mut Vec::new()).loss_sum
        };
        Some(PointStep {
            loss: loss(&self.model),
            loss_after: loss(&tried.model),
            after: tried.model.weights().to_vec(),
            gradients: tried.gradients,
            target: numbers,
            outputs,
            layers,
            x,
        })
    }
}

fn dense_steps(model: &Model, workspace: &mut Workspace, x: &[f32], target: Target<'_>) -> Vec<DenseStep> {
    let outputs = model.activations(workspace, x);
    let gradients = model.activation_gradients(workspace, x, target);
    let n_layers = model.layers().len();
    let step = |layer_idx: usize| {
        let Some(KernelView::Dense(kernel)) = model.kernel(layer_idx) else { return None };
        let find = |values: &[crate::model::LayerOutput], idx: usize| {
            values.iter().find(|layer| layer.layer_idx == idx).map(|layer| layer.as_slice().to_vec())
        };
        let inputs = if layer_idx == 0 { Some(x.to_vec()) } else { find(&outputs, layer_idx - 1) }?;
        let (outputs, output_gradients) = (find(&outputs, layer_idx)?, find(&gradients, layer_idx)?);
        let bias = model.bias(layer_idx);
        let sums = kernel.columns().into_iter().enumerate().map(|(unit, column)| {
            let products = inputs.iter().zip(column).map(|(input, weight)| f64::from(*input) * f64::from(*weight));
            (products.sum::<f64>() + bias.map_or(0.0, |bias| f64::from(bias[unit]))) as f32
        });
        let function = model.layers()[layer_idx].activation().unwrap_or_default();
        let mut deltas = output_gradients.clone();
        if layer_idx + 1 < n_layers {
            activation::backward(function, &outputs, &mut deltas, outputs.len());
        }
        Some(DenseStep {
            layer_idx,
            start: model.param_ranges()[layer_idx].start,
            has_bias: bias.is_some(),
            activation: function,
            sums: sums.collect(),
            inputs,
            outputs,
            output_gradients,
            deltas,
        })
    };
    (0..n_layers).filter_map(step).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::experiment::{
        DataConfig, DenseConfig, Experiment, LayerConfig, Loss, OptimizerConfig, PlaneConfig, PlanePreset,
        Regularization,
    };
    use std::sync::Arc;

    fn trainer(change: impl FnOnce(&mut Experiment)) -> Trainer {
        let mut experiment = PlanePreset::Playground.experiment();
        let dense = |units| LayerConfig::Dense(DenseConfig::new(units).activation(Activation::Tanh));
        experiment.network = vec![dense(4), dense(3), dense(1)];
        (experiment.training.batch_size, experiment.training.epochs) = (1, 3);
        change(&mut experiment);
        let checked = experiment.check().unwrap();
        let dataset = checked.generate_data().unwrap().unwrap();
        Trainer::new(checked, Arc::new(dataset)).unwrap()
    }

    fn close(a: f32, b: f32) -> bool {
        (a - b).abs() <= 2e-6 * a.abs().max(1.0)
    }

    #[track_caller]
    fn check_numbers(trainer: &Trainer, step: &PointStep) {
        let weights = trainer.model().weights();
        for (place, layer) in step.layers.iter().enumerate() {
            let n_units = layer.sums.len();
            let mut outputs = layer.sums.clone();
            activation::forward(layer.activation, &mut outputs, n_units);
            assert!(outputs.iter().zip(&layer.outputs).all(|(a, b)| close(*a, *b)), "{outputs:?} {layer:?}");
            for unit in 0..n_units {
                for (idx, input) in layer.inputs.iter().enumerate() {
                    assert!(close(step.gradients[layer.start + idx * n_units + unit], input * layer.deltas[unit]));
                }
                assert!(close(step.gradients[layer.start + layer.inputs.len() * n_units + unit], layer.deltas[unit]));
            }
            let Some(next) = step.layers.get(place + 1) else { continue };
            for unit in 0..n_units {
                let row = &weights[next.start + unit * next.sums.len()..][..next.sums.len()];
                let back: f32 = row.iter().zip(&next.deltas).map(|(weight, delta)| weight * delta).sum();
                assert!(close(back, layer.output_gradients[unit]));
            }
        }
    }

    #[test]
    fn the_numbers_add_up_to_the_loss_and_to_the_update() {
        for optimizer in [OptimizerConfig::SGD, OptimizerConfig::ADAM] {
            let mut trainer = trainer(|experiment| experiment.training.optimizer = optimizer);
            (0..5).for_each(|_| _ = trainer.step());
            let sample_idx = trainer.order[trainer.n_epoch_steps] as usize;
            let mut workspace = Workspace::new(trainer.model());
            let step = trainer.point_step(&mut workspace, sample_idx).unwrap();
            check_numbers(&trainer, &step);
            let [output, target] = [step.layers[2].outputs[0], step.target[0]];
            assert!((step.loss - 0.5 * f64::from(output - target).powi(2)).abs() < 1e-6);
            assert_eq!(step.loss, trainer.step().loss);
            assert_eq!(step.after, trainer.model().weights(), "{optimizer:?}: the copy's step is the run's");
            let later = trainer.point_step(&mut workspace, sample_idx).unwrap();
            assert_eq!(later.loss, step.loss_after);
        }
    }

    #[test]
    fn what_is_frozen_or_dies_is_as_in_the_run() {
        let mut trainer = trainer(|experiment| {
            experiment.training.optimizer = OptimizerConfig::ADAM;
            experiment.training.regularization = Regularization::Playground { l1: 0.05, l2: 0.0 };
        });
        let mut frozen = vec![false; trainer.model().n_params()];
        (frozen[1], frozen[9]) = (true, true);
        trainer.set_frozen(frozen);
        (0..200).for_each(|_| _ = trainer.step());
        assert!(trainer.dead().contains(&true), "some died");
        let sample_idx = trainer.order[trainer.n_epoch_steps] as usize;
        let step = trainer.point_step(&mut Workspace::new(trainer.model()), sample_idx).unwrap();
        trainer.step();
        assert_eq!(step.after, trainer.model().weights());
    }

    #[test]
    fn classes_have_a_target_for_each_output() {
        let trainer = trainer(|experiment| {
            experiment.data = DataConfig::Plane(PlaneConfig { n_outputs: 3, ..PlaneConfig::default() });
            experiment.training.loss = Loss::CategoricalCrossentropy;
            let last = DenseConfig::new(3).activation(Activation::Softmax);
            experiment.network.pop();
            experiment.network.push(LayerConfig::Dense(last));
        });
        let step = trainer.point_step(&mut Workspace::new(trainer.model()), 7).unwrap();
        check_numbers(&trainer, &step);
        assert_eq!(step.target.iter().sum::<f32>(), 1.0);
        let last = &step.layers[2];
        for (delta, (prob, target)) in last.deltas.iter().zip(last.outputs.iter().zip(&step.target)) {
            assert!(close(*delta, prob - target));
        }
        assert!(trainer.point_step(&mut Workspace::new(trainer.model()), 1_000_000).is_none());
    }
}
