//! Which data set, and how much of it.

use super::{DatasetSpec, Shape};
use crate::data::{MnistConfig, PlaneConfig};
use serde::{Deserialize, Serialize};

/// The data set of an experiment; as JSON `{"type": "Mnist", "n_samples": 60000}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum DataConfig {
    /// Handwritten digits.
    Mnist(MnistConfig),
    /// Points of the plane, as in TensorFlow Playground.
    Plane(PlaneConfig),
}

impl DataConfig {
    /// The first `n_samples` of MNIST's training images.
    #[must_use]
    pub fn mnist(n_samples: usize) -> DataConfig {
        DataConfig::Mnist(MnistConfig { n_samples })
    }

    /// Shape, classes and size of the data set.
    #[must_use]
    pub fn spec(&self) -> DatasetSpec {
        match self {
            DataConfig::Mnist(mnist) => mnist.spec(),
            DataConfig::Plane(plane) => plane.spec(),
        }
    }

    /// Shape of one sample.
    #[must_use]
    pub fn input_shape(&self) -> Shape {
        self.spec().input_shape
    }

    /// Samples asked for, training and validation together.
    #[must_use]
    pub fn n_samples(&self) -> usize {
        self.spec().n_samples
    }

    /// Outputs that the network must have.
    #[must_use]
    pub fn n_outputs(&self) -> usize {
        self.spec().n_outputs
    }
}
