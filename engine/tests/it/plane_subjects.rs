//! Experiments on points of the plane, trained as TensorFlow Playground does.

use crate::subjects::plane_experiment;
use inkling_engine::data::Dataset;
use inkling_engine::experiment::{
    Activation, DataConfig, DenseConfig, Experiment, Initializer, LayerConfig, OptimizerConfig, PlaneConfig,
    PlaneDataset, Validation,
};
use inkling_engine::trainer::Trainer;
use std::sync::Arc;

/// 2-5-1 on 44 of 60 points in batches of 7, which leaves 2 over.
pub fn experiment() -> Experiment {
    let mut experiment = plane_experiment(PlaneDataset::Gauss);
    plane(&mut experiment).n_samples = 60;
    plane(&mut experiment).noise = 0.2;
    experiment.network = vec![playground(5, Activation::Tanh), playground(1, Activation::Tanh)];
    let training = &mut experiment.training;
    training.optimizer = OptimizerConfig::SGD;
    training.learning_rate = 0.1;
    training.batch_size = 7;
    training.epochs = 6;
    training.validation = Validation::Last { validation_split: 16.0 / 60.0 };
    training.carry_leftover = true;
    experiment
}

fn playground(units: usize, activation: Activation) -> LayerConfig {
    let kernel_initializer = Initializer::Playground;
    LayerConfig::Dense(DenseConfig { kernel_initializer, ..DenseConfig::new(units).activation(activation) })
}

pub fn plane(experiment: &mut Experiment) -> &mut PlaneConfig {
    let DataConfig::Plane(plane) = &mut experiment.data else { panic!("no points of the plane") };
    plane
}

pub fn dataset(experiment: &Experiment) -> Arc<Dataset> {
    Arc::new(experiment.check().unwrap().generate_data().unwrap().unwrap())
}

pub fn trainer(experiment: &Experiment) -> Trainer {
    Trainer::new(experiment.check().unwrap(), dataset(experiment)).unwrap()
}
