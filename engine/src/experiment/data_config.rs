//! Which data set, and how much of it.

use super::{DatasetSpec, Shape};
use crate::data::{MnistConfig, PlaneConfig};
use crate::field::FieldMut;
use crate::tagged::take_tag;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Map;

/// The data set of an experiment; as JSON `{"type": "Mnist", "n_samples": 60000}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type")]
pub enum DataConfig {
    /// Handwritten digits.
    Mnist(MnistConfig),
    /// Points of the plane, as in TensorFlow Playground.
    Plane(PlaneConfig),
}

impl<'de> Deserialize<'de> for DataConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DataConfig, D::Error> {
        let mut object = Map::deserialize(deserializer)?;
        let config = match take_tag(&mut object, "type").map_err(D::Error::custom)?.as_str() {
            "Mnist" => MnistConfig::deserialize(object).map(DataConfig::Mnist),
            "Plane" => PlaneConfig::deserialize(object).map(DataConfig::Plane),
            other => return Err(D::Error::custom(format_args!("unknown type `{other}`"))),
        };
        config.map_err(D::Error::custom)
    }
}

impl DataConfig {
    /// The first `n_samples` of MNIST's training images.
    #[must_use]
    pub fn mnist(n_samples: usize) -> DataConfig {
        DataConfig::Mnist(MnistConfig { n_samples })
    }

    /// The numbers that describe it.
    #[must_use]
    pub fn fields(&mut self) -> Vec<FieldMut<'_>> {
        match self {
            DataConfig::Mnist(mnist) => mnist.fields(),
            DataConfig::Plane(plane) => plane.fields(),
        }
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
