//! The door: an [`Experiment`] becomes a [`CheckedExperiment`], or a list of what is wrong with it.

use super::check_layers::{check_network, trace};
use super::check_training::{check_data, check_epochs, check_learning_rate, check_seed, check_training};
use super::fault::ValidationErrors;
use super::{Activation, DatasetSpec, Experiment, ExperimentErrors, Field, LayerConfig, Place, Shape};

/// One layer of a checked network: its Keras name and what goes in and comes out.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedLayer {
    /// Keras' name: `conv2d`, `conv2d_1`, …
    pub name: String,
    /// The hyperparameters, all in range.
    pub config: LayerConfig,
    /// Shape of one sample that goes in.
    pub input_shape: Shape,
    /// Shape of one sample that comes out.
    pub output_shape: Shape,
    /// Numbers in the kernel (0 for layers without one).
    pub n_kernel: usize,
    /// Numbers in the bias (0 for layers without one).
    pub n_bias: usize,
}

impl CheckedLayer {
    /// Trainable numbers.
    #[must_use]
    pub fn n_params(&self) -> usize {
        self.n_kernel.saturating_add(self.n_bias)
    }

    /// The kernel's shape: `[inputs, units]` or `[kernel_h, kernel_w, in_channels, filters]`, empty without one.
    #[must_use]
    pub fn kernel_shape(&self) -> Vec<usize> {
        match &self.config {
            LayerConfig::Dense(dense) => vec![self.input_shape.size(), dense.units],
            LayerConfig::Conv2D(conv) => {
                vec![conv.kernel_size[0], conv.kernel_size[1], self.input_shape.dims()[2], conv.filters]
            }
            _ => vec![],
        }
    }

    /// The activation that the layer ends with, if it is of a kind that has one.
    #[must_use]
    pub fn activation(&self) -> Option<Activation> {
        match &self.config {
            LayerConfig::Dense(dense) => Some(dense.activation),
            LayerConfig::Conv2D(conv) => Some(conv.activation),
            LayerConfig::Activation(config) => Some(config.activation),
            _ => None,
        }
    }
}

/// An experiment that can be run: every field in range, every shape fitting the next.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedExperiment {
    experiment: Experiment,
    data: DatasetSpec,
    layers: Vec<CheckedLayer>,
    n_train: usize,
    n_validation: usize,
}

impl CheckedExperiment {
    /// The experiment as it was given.
    #[must_use]
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// Shape and size of its data.
    #[must_use]
    pub fn data(&self) -> &DatasetSpec {
        &self.data
    }

    /// Shape of one sample that goes in.
    #[must_use]
    pub fn input_shape(&self) -> Shape {
        self.data.input_shape
    }

    /// The layers with their names and shapes.
    #[must_use]
    pub fn layers(&self) -> &[CheckedLayer] {
        &self.layers
    }

    /// Trainable numbers of the network.
    #[must_use]
    pub fn n_params(&self) -> usize {
        self.layers.iter().map(CheckedLayer::n_params).sum()
    }

    /// Samples that are trained on in every epoch.
    #[must_use]
    pub fn n_train(&self) -> usize {
        self.n_train
    }

    /// Samples kept back for validation.
    #[must_use]
    pub fn n_validation(&self) -> usize {
        self.n_validation
    }

    /// Takes the learning rate and the number of epochs from another experiment, as a run under way can.
    pub fn take_rate_and_epochs(&mut self, from: &CheckedExperiment) {
        self.experiment.training.learning_rate = from.experiment.training.learning_rate;
        self.experiment.training.epochs = from.experiment.training.epochs;
    }

    /// Updates per epoch, the last one perhaps with a smaller batch.
    #[must_use]
    pub fn steps_per_epoch(&self) -> usize {
        self.n_train.div_ceil(self.experiment.training.batch_size)
    }
}

impl Experiment {
    /// Checks every field and threads the shapes through the layers.
    ///
    /// # Errors
    /// All mistakes, in reading order; shapes are followed up to the first layer that does not fit.
    pub fn check(&self) -> Result<CheckedExperiment, ExperimentErrors> {
        let mut errors = ValidationErrors::default();
        check_data(&self.data, &mut errors);
        self.check_rest(&self.data.spec(), errors)
    }

    /// As [`check`](Experiment::check), for other data than [`data`](Experiment::data) describes.
    ///
    /// # Errors
    /// As `check`.
    pub fn check_on(&self, data: &DatasetSpec) -> Result<CheckedExperiment, ExperimentErrors> {
        let mut errors = ValidationErrors::default();
        let expected = "at least one number in a sample";
        errors.require(data.input_shape.size() > 0, Place::Data(Field::Features), expected, "none");
        errors.require(data.n_samples > 0, Place::Data(Field::NSamples), "at least 1", "0");
        self.check_rest(data, errors)
    }

    /// The layers one by one, for an editor: up to and including the first one behind which no shape is known.
    /// Mistakes of the network as a whole are not looked for.
    #[must_use]
    pub fn trace_shapes(&self) -> Vec<Result<CheckedLayer, ExperimentErrors>> {
        trace(&self.network, self.data.input_shape())
    }

    fn check_rest(
        &self,
        data: &DatasetSpec,
        mut errors: ValidationErrors,
    ) -> Result<CheckedExperiment, ExperimentErrors> {
        let layers = check_network(&self.network, data, self.training.loss, &mut errors);
        let (n_train, n_validation) = check_training(&self.training, data, &mut errors);
        check_seed(self.seed, &mut errors);
        if errors.0.is_empty() {
            Ok(CheckedExperiment { experiment: self.clone(), data: *data, layers, n_train, n_validation })
        } else {
            Err(ExperimentErrors(errors.0))
        }
    }
}

/// Checks a learning rate for a running training.
///
/// # Errors
/// If it is not in `(0, 100]`.
pub fn checked_learning_rate(learning_rate: f64) -> Result<f64, ExperimentErrors> {
    let mut errors = ValidationErrors::default();
    check_learning_rate(learning_rate, &mut errors);
    if errors.0.is_empty() { Ok(learning_rate) } else { Err(ExperimentErrors(errors.0)) }
}

/// Checks a number of epochs for a running training.
///
/// # Errors
/// If it is not in `1..=1_000`.
pub fn checked_epochs(epochs: usize) -> Result<usize, ExperimentErrors> {
    let mut errors = ValidationErrors::default();
    check_epochs(epochs, &mut errors);
    if errors.0.is_empty() { Ok(epochs) } else { Err(ExperimentErrors(errors.0)) }
}
