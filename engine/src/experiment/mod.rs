//! An experiment is data: what is trained, on what, how, and from which seed.
//!
//! [`Experiment`] is the only description of a run. The page edits it, a link carries it, the worker
//! checks it once ([`Experiment::check`]) and everything else is computed from the result.

mod check;
mod check_layers;
mod check_training;
mod data_config;
mod dataset_spec;
mod error;
mod fault;
mod layer_config;
mod preset;
mod regularization;
mod shape;
mod stop_rule;
mod training_config;
mod validation;

pub use check::{CheckedExperiment, CheckedLayer, checked_epochs, checked_learning_rate};
pub use check_layers::{MAX_ACTIVATIONS, MAX_LAYERS, MAX_PARAMS};
pub use data_config::DataConfig;
pub use dataset_spec::DatasetSpec;
pub use error::{ExperimentError, ExperimentErrors, Field, Place};
pub use fault::thousands;
pub use layer_config::{
    Activation, ActivationConfig, Conv2DConfig, DenseConfig, DropoutConfig, Initializer, LayerConfig, Padding,
    PoolingConfig, Regularizer,
};
pub use preset::Preset;
pub use regularization::Regularization;
pub use shape::Shape;
pub use stop_rule::StopRule;
pub use training_config::TrainingConfig;
pub use validation::Validation;

pub use crate::data::{MnistConfig, PlaneConfig, PlaneDataset, PlaneFeature};
pub use crate::losses::Loss;
pub use crate::optimizers::{AdamConfig, OptimizerConfig, RmsPropConfig, SgdConfig};

use serde::{Deserialize, Serialize};

/// Everything that a run depends on: the same experiment gives the same history, bit for bit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experiment {
    /// The data set and how much of it is used.
    pub data: DataConfig,
    /// The layers in order, without the input, whose shape follows from the data.
    pub network: Vec<LayerConfig>,
    /// Loss, optimizer, batches, epochs and when to stop.
    pub training: TrainingConfig,
    /// Source of all randomness (weights, order of the samples, dropout), in `0..=2^53 - 1`.
    pub seed: u64,
}

impl Experiment {
    /// The largest seed that JavaScript numbers, JSON and links carry without loss.
    pub const MAX_SEED: u64 = (1 << 53) - 1;
}
