//! The workloads of the speed bench: what is timed. Whoever times it brings the clock.

mod kernel;
mod network;
mod step_times;

pub use kernel::{Kernel, KernelRun};
pub use network::Network;
pub use step_times::{PartTime, time_parts};

use crate::experiment::{
    Activation, DataConfig, DenseConfig, Experiment, LayerConfig, Loss, OptimizerConfig, PlaneConfig, Preset,
    TrainingConfig, Validation,
};
use serde::{Deserialize, Serialize};

/// A workload, the same for every contestant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Workload {
    /// MLP 784-16-16-10, Adam, batch 200, 54,000 images.
    MlpTraining,
    /// The lesson's CNN, Adam, batch 200, 54,000 images.
    CnnTraining,
    /// One image through the lesson's CNN, the outputs of all layers read back.
    CnnInspection,
    /// MLP 784-40-10, Adam, batch 200, 54,000 images.
    WideMlpTraining,
    /// 2-8-8-1 tanh, SGD 0.03, batch 10, 500 points of the plane.
    PlaneTraining,
    /// Training of a network of another kind.
    Network(Network),
    /// How long each layer of that network takes in training, on one core.
    Layers(Network),
    /// A kernel alone.
    Kernel(Kernel),
}

impl Workload {
    /// All of them, in order.
    pub fn all() -> impl Iterator<Item = Workload> {
        [
            Workload::MlpTraining,
            Workload::CnnTraining,
            Workload::CnnInspection,
            Workload::WideMlpTraining,
            Workload::PlaneTraining,
        ]
        .into_iter()
        .chain(Network::ALL.map(Workload::Network))
        .chain(Network::ALL.map(Workload::Layers))
        .chain(Kernel::ALL.map(Workload::Kernel))
    }

    /// The workload of that [`id`](Workload::id).
    #[must_use]
    pub fn from_id(id: &str) -> Option<Workload> {
        Workload::all().find(|work| work.id() == id)
    }

    /// `W1` … `W5`, `N1` … `N10`, `L1` … `L10`, `K0` … `K8`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Workload::MlpTraining => "W1",
            Workload::CnnTraining => "W2",
            Workload::CnnInspection => "W3",
            Workload::WideMlpTraining => "W4",
            Workload::PlaneTraining => "W5",
            Workload::Network(network) => network.id(),
            Workload::Layers(network) => network.layers_id(),
            Workload::Kernel(kernel) => kernel.id(),
        }
    }

    /// What is done, in a line.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Workload::MlpTraining => "MLP 784-16-16-10 on MNIST, Adam, batch 200",
            Workload::CnnTraining => "CNN of the lesson on MNIST, Adam, batch 200",
            Workload::CnnInspection => "one image through the CNN, all layer outputs read back",
            Workload::WideMlpTraining => "MLP 784-40-10 on MNIST, Adam, batch 200",
            Workload::PlaneTraining => "2-8-8-1 tanh on 500 points, SGD, batch 10",
            Workload::Network(network) | Workload::Layers(network) => network.title(),
            Workload::Kernel(kernel) => kernel.title(),
        }
    }

    /// The experiment that is run; kernels have none.
    #[must_use]
    pub fn experiment(self) -> Option<Experiment> {
        let experiment = match self {
            Workload::MlpTraining => Preset::Mlp16x16.experiment(),
            Workload::CnnTraining | Workload::CnnInspection => Preset::LessonCnn.experiment(),
            Workload::WideMlpTraining => Experiment {
                network: vec![LayerConfig::FLATTEN, dense(40, Activation::Relu), dense(10, Activation::Softmax)],
                ..Preset::Mlp16x16.experiment()
            },
            Workload::PlaneTraining => plane_experiment(),
            Workload::Network(network) | Workload::Layers(network) => network.experiment(),
            Workload::Kernel(_) => return None,
        };
        Some(experiment)
    }
}

/// TensorFlow Playground's kind of work: two features, two hidden layers of 8.
fn plane_experiment() -> Experiment {
    Experiment {
        data: DataConfig::Plane(PlaneConfig::default()),
        network: vec![dense(8, Activation::Tanh), dense(8, Activation::Tanh), dense(1, Activation::Tanh)],
        training: TrainingConfig {
            loss: Loss::HalfSquaredError,
            optimizer: OptimizerConfig::SGD,
            learning_rate: 0.03,
            batch_size: 10,
            epochs: 1_000,
            validation: Validation::None,
            ..Preset::Mlp16x16.experiment().training
        },
        seed: 1,
    }
}

fn dense(units: usize, activation: Activation) -> LayerConfig {
    LayerConfig::Dense(DenseConfig::new(units).activation(activation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_back_and_experiments_can_be_run() {
        for work in Workload::all() {
            assert_eq!(Workload::from_id(work.id()), Some(work));
            assert!(work.experiment().is_none_or(|experiment| experiment.check().is_ok()), "{work:?}");
        }
        assert_eq!(Workload::from_id("W6"), None);
    }
}
