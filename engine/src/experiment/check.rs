//! The check: an [`Experiment`] becomes a [`CheckedExperiment`], or a list of what is wrong with it.

use super::check_data::check_data;
use super::check_layers::{check_batch_fits, check_network, trace};
use super::check_training::{check_epochs, check_learning_rate, check_seed, check_training};
use super::validation_errors::ValidationErrors;
use super::{CheckedExperiment, CheckedLayer, DatasetSpec, Experiment, ExperimentErrors, Field, Place};

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
        check_batch_fits(&layers, self.training.batch_size.min(n_train), &mut errors);
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

/// Checks a number of epochs for a running training on such data.
///
/// # Errors
/// If it is not in `1..=max_epochs`.
pub fn checked_epochs(epochs: usize, data: &DatasetSpec) -> Result<usize, ExperimentErrors> {
    let mut errors = ValidationErrors::default();
    check_epochs(epochs, data, &mut errors);
    if errors.0.is_empty() { Ok(epochs) } else { Err(ExperimentErrors(errors.0)) }
}
