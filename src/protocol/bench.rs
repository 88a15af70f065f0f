//! The works of the speed bench: what is timed, how long, and what comes out.

use inkling_engine::experiment::{
    Activation, DataConfig, DenseConfig, Experiment, Initializer, LayerConfig, Loss, OptimizerConfig, PlaneDataset,
    PlaneFeature, Preset, Regularizer, TrainingConfig, Validation,
};
use serde::{Deserialize, Serialize};

/// A work, the same for every contestant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// MLP 784-16-16-10, Adam, batch 200, 54,000 images.
    W1,
    /// The lesson's CNN, Adam, batch 200, 54,000 images.
    W2,
    /// One image through the lesson's CNN, the outputs of all layers read back.
    W3,
    /// MLP 784-40-10, Adam, batch 200, 54,000 images.
    W4,
    /// 2-8-8-1 tanh, SGD 0.03, batch 10, 500 points of the plane.
    W5,
}

impl Work {
    /// All of them.
    pub const ALL: [Work; 5] = [Work::W1, Work::W2, Work::W3, Work::W4, Work::W5];

    /// The work called `W1` … `W5`.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Work> {
        Work::ALL.into_iter().find(|work| work.id() == id)
    }

    /// `W1` … `W5`.
    #[must_use]
    pub fn id(self) -> &'static str {
        ["W1", "W2", "W3", "W4", "W5"][self as usize]
    }

    /// What is done, in a line.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Work::W1 => "MLP 784-16-16-10 on MNIST, Adam, batch 200",
            Work::W2 => "CNN of the lesson on MNIST, Adam, batch 200",
            Work::W3 => "one image through the CNN, all layer outputs read back",
            Work::W4 => "MLP 784-40-10 on MNIST, Adam, batch 200",
            Work::W5 => "2-8-8-1 tanh on 500 points, SGD, batch 10",
        }
    }

    /// The experiment that is run.
    #[must_use]
    pub fn experiment(self) -> Experiment {
        match self {
            Work::W1 => Preset::Mlp16x16.experiment(),
            Work::W2 | Work::W3 => Preset::LessonCnn.experiment(),
            Work::W4 => Experiment {
                network: vec![LayerConfig::Flatten, dense(40, Activation::Relu), dense(10, Activation::Softmax)],
                ..Preset::Mlp16x16.experiment()
            },
            Work::W5 => plane_experiment(),
        }
    }
}

/// TensorFlow Playground's kind of work: two features, two hidden layers of 8.
fn plane_experiment() -> Experiment {
    Experiment {
        data: DataConfig::Plane {
            dataset: PlaneDataset::Circle,
            n_samples: 500,
            noise: 0.0,
            features: vec![PlaneFeature::X1, PlaneFeature::X2],
        },
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
    LayerConfig::Dense(DenseConfig {
        units,
        activation,
        kernel_initializer: Initializer::GlorotUniform,
        kernel_regularizer: Regularizer::default(),
    })
}

/// How long a work runs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct BenchOptions {
    /// Steps that are timed, at most; `None`: as many as the budget allows.
    pub steps: Option<usize>,
    /// Steps before the clock starts.
    pub warmup: usize,
    /// Milliseconds after which no further step is begun.
    pub budget_ms: f64,
    /// Workers that share the gradient work; `None`: as the page would choose.
    pub workers: Option<usize>,
}

impl Default for BenchOptions {
    fn default() -> BenchOptions {
        BenchOptions { steps: None, warmup: 20, budget_ms: 5_000.0, workers: None }
    }
}

/// What a work gave; the fields that do not belong to it are left out.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct BenchFigures {
    /// Training images per second (W1, W2, W4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images_per_second: Option<f64>,
    /// Seconds for 54,000 images at that speed (W1, W2, W4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch_seconds: Option<f64>,
    /// Passes through the points per second (W5).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epochs_per_second: Option<f64>,
    /// Median of a pass, in ms (W3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p50: Option<f64>,
    /// 95th percentile of a pass, in ms (W3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p95: Option<f64>,
    /// Steps that were timed.
    pub steps: usize,
    /// Loss of the very first batch, before any update (not W3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_first: Option<f64>,
    /// Mean loss of the last batches, a tenth of those timed (not W3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss_last: Option<f64>,
    /// Share of the last batches' images recognised, a tenth of those timed (W1, W2, W4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accuracy: Option<f64>,
    /// Workers that shared the work.
    pub workers: usize,
}
