//! An experiment is data: what is trained, on what, how, and from which seed.
//!
//! [`Experiment`] is the only description of a run. The page edits it, a link carries it, the worker
//! checks it once ([`Experiment::check`]) and everything else is computed from the result.

mod activation;
mod check;
mod check_data;
pub(crate) mod check_layers;
mod check_training;
mod checked_experiment;
mod checked_layer;
mod data_config;
mod dataset_spec;
mod error;
mod initializer;
mod padding;
#[cfg(feature = "plane")]
mod plane_preset;
mod preset;
mod regularization;
mod regularizer;
mod shape;
mod stop_rule;
mod training_config;
mod validation;
mod validation_errors;

pub use activation::Activation;
pub use check::{checked_epochs, checked_learning_rate};
pub use check_layers::{MAX_ACTIVATIONS, MAX_LAYERS, MAX_PARAMS};
pub use checked_experiment::CheckedExperiment;
pub use checked_layer::CheckedLayer;
pub use data_config::DataConfig;
pub use dataset_spec::DatasetSpec;
pub use error::{ExperimentError, ExperimentErrors, Field, Place};
pub use initializer::Initializer;
pub use padding::Padding;
#[cfg(feature = "plane")]
pub use plane_preset::PlanePreset;
pub use preset::Preset;
pub use regularization::Regularization;
pub use regularizer::{MAX_PENALTY, Regularizer};
pub use shape::Shape;
pub use stop_rule::StopRule;
pub use training_config::TrainingConfig;
pub use validation::Validation;
pub(crate) use validation_errors::ValidationErrors;
pub use validation_errors::thousands;

pub use crate::data::{Augmentation, ClassWeight, MnistConfig, OwnDigitsConfig};
#[cfg(feature = "plane")]
pub use crate::data::{PlaneConfig, PlaneDataset, PlaneFeature};
pub use crate::layers::{
    ActivationConfig, AveragePooling2DConfig, BatchNormalizationConfig, Conv2DConfig, DenseConfig, DropoutConfig,
    FlattenConfig, LayerConfig, MaxPooling2DConfig,
};
pub use crate::losses::Loss;
pub use crate::optimizers::{AdamConfig, OptimizerConfig, RmsPropConfig, SgdConfig};

use crate::field::{FieldMut, FieldSpec, SeedRange};
use serde::{Deserialize, Serialize};

/// Everything that a run depends on: the same experiment gives the same history, bit for bit.
///
/// ```
/// use inkling_engine::experiment::Preset;
///
/// let mut experiment = Preset::Softmax.experiment();
/// assert_eq!(experiment.check()?.n_params(), 784 * 10 + 10);
///
/// experiment.training.epochs = 1_001;
/// let errors = experiment.check().unwrap_err();
/// assert_eq!(errors.to_string(), "training epochs: expected a whole number from 1 to 1,000, got 1,001");
/// # Ok::<(), inkling_engine::experiment::ExperimentErrors>(())
/// ```
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

    /// What is to be known of the seed.
    pub const SEED: FieldSpec<SeedRange> = FieldSpec::new(
        "seed",
        "Seed",
        "Where all chance begins: first weights, order of images, dropout. The same experiment with the same seed gives the same numbers, bit for bit.",
        SeedRange { high: Experiment::MAX_SEED },
    )
    .term("seed");

    /// Whether nothing but learning rate and number of epochs differs: a run under way can take these up.
    #[must_use]
    pub fn differs_at_most_in_rate_and_epochs(&self, other: &Experiment) -> bool {
        let training = TrainingConfig {
            learning_rate: other.training.learning_rate,
            epochs: other.training.epochs,
            ..self.training.clone()
        };
        self.seed == other.seed
            && self.data == other.data
            && self.network == other.network
            && training == other.training
    }

    /// The seed as a field.
    #[must_use]
    pub fn seed_field(&mut self) -> FieldMut<'_> {
        FieldMut::Seed(&Experiment::SEED, &mut self.seed)
    }
}
