//! An experiment that has passed the check.

use super::{CheckedLayer, DatasetSpec, Experiment, Shape, TrainingConfig};
use crate::data::{ClassWeight, Dataset, DatasetError};

/// An experiment that can be run: every field in range, every shape fitting the next.
///
/// ```
/// use inkling_engine::experiment::{Preset, Shape};
///
/// let checked = Preset::LessonCnn.experiment().check()?;
/// assert_eq!(checked.layers()[0].output_shape, Shape::Image { height: 26, width: 26, channels: 32 });
/// assert_eq!(checked.n_params(), 34_826);
/// assert_eq!((checked.n_train(), checked.n_validation()), (54_000, 6_000));
/// assert_eq!(checked.steps_per_epoch(), 270); // of 200 samples each
/// # Ok::<(), inkling_engine::experiment::ExperimentErrors>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedExperiment {
    pub(super) experiment: Experiment,
    pub(super) data: DatasetSpec,
    pub(super) layers: Vec<CheckedLayer>,
    pub(super) n_train: usize,
    pub(super) n_validation: usize,
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

    /// The samples of a data set that is computed from the experiment; `None` for one that lies in files, which the
    /// engine does not read.
    ///
    /// # Errors
    /// If counts don't fit each other.
    #[must_use]
    pub fn generate_data(&self) -> Option<Result<Dataset, DatasetError>> {
        self.experiment.data.generate(&self.experiment)
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

    /// What the classes count in training, if they don't count alike.
    #[must_use]
    pub fn class_weight(&self) -> Option<ClassWeight> {
        let weight = self.experiment.data.digits()?.class_weight;
        (!weight.is_even()).then_some(weight)
    }

    /// Takes the learning rate and the number of epochs from another experiment, as a run under way can.
    pub fn take_rate_and_epochs(&mut self, from: &CheckedExperiment) {
        self.experiment.training.learning_rate = from.experiment.training.learning_rate;
        self.experiment.training.epochs = from.experiment.training.epochs;
    }

    /// Trains on fewer samples than the experiment asks for, in batches that are no larger than their number. Which ones,
    /// the trainer knows.
    pub(crate) fn limit_training(&mut self, n_train: usize) {
        self.n_train = self.n_train.min(n_train);
        let batch_size = &mut self.experiment.training.batch_size;
        *batch_size = (*batch_size).min(self.n_train).max(1);
    }

    /// Updates per epoch; the last one perhaps with a smaller batch, or none for the samples that are carried on.
    #[must_use]
    pub fn steps_per_epoch(&self) -> usize {
        let TrainingConfig { batch_size, carry_leftover, .. } = self.experiment.training;
        if carry_leftover { self.n_train / batch_size } else { self.n_train.div_ceil(batch_size) }
    }
}
