//! The door: an [`Experiment`] becomes a [`CheckedExperiment`], or a list of what is wrong with it.

use super::{Experiment, ExperimentErrors, LayerConfig, Shape};

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
        self.n_kernel + self.n_bias
    }
}

/// An experiment that can be run: every field in range, every shape fitting the next.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckedExperiment {
    experiment: Experiment,
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
        let _ = self;
        unimplemented!("being written")
    }
}
