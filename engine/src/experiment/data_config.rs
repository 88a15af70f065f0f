//! Which data set, and how much of it.

use super::Shape;
use serde::{Deserialize, Serialize};

/// Images in MNIST's training set; its 10,000 test images are apart.
pub const MNIST_TRAIN_SAMPLES: usize = 60_000;

/// The data set of an experiment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", deny_unknown_fields)]
pub enum DataConfig {
    /// The first `n_samples` of MNIST's 60,000 training images, of which the validation part is taken.
    Mnist {
        /// In `1..=60_000`.
        n_samples: usize,
    },
    /// Points of the plane, as in TensorFlow Playground.
    Plane {
        /// Which pattern.
        dataset: PlaneDataset,
        /// Points in all, in `10..=5_000` (Playground: 500 for classification, 1200 for regression).
        n_samples: usize,
        /// In `[0, 0.5]`; Playground's slider divided by 100.
        noise: f64,
        /// What the network is given of each point, in this order; not empty, no doubles.
        features: Vec<PlaneFeature>,
    },
}

impl DataConfig {
    /// Shape of one sample: `28×28×1` for MNIST, the count of features for the plane.
    #[must_use]
    pub fn input_shape(&self) -> Shape {
        match self {
            DataConfig::Mnist { .. } => Shape::Image { height: 28, width: 28, channels: 1 },
            DataConfig::Plane { features, .. } => Shape::Vector(features.len()),
        }
    }

    /// Samples asked for, training and validation together.
    #[must_use]
    pub fn n_samples(&self) -> usize {
        match self {
            DataConfig::Mnist { n_samples } | DataConfig::Plane { n_samples, .. } => *n_samples,
        }
    }

    /// Outputs that the network must have: ten classes, or one number for the plane.
    #[must_use]
    pub fn n_outputs(&self) -> usize {
        match self {
            DataConfig::Mnist { .. } => 10,
            DataConfig::Plane { .. } => 1,
        }
    }
}

/// Patterns of TensorFlow Playground; the last two are regression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaneDataset {
    /// A disc inside a ring.
    Circle,
    /// Opposite quadrants.
    Xor,
    /// Two clouds.
    Gauss,
    /// Two arms.
    Spiral,
    /// A tilted plane (regression).
    Plane,
    /// Six hills and hollows (regression).
    MultiGauss,
}

impl PlaneDataset {
    /// Whether targets are numbers in about `[-1, 1]` rather than labels ±1.
    #[must_use]
    pub fn is_regression(self) -> bool {
        matches!(self, PlaneDataset::Plane | PlaneDataset::MultiGauss)
    }
}

/// What the network is given of a point `(x1, x2)`, not rescaled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaneFeature {
    /// x₁
    X1,
    /// x₂
    X2,
    /// x₁²
    X1Squared,
    /// x₂²
    X2Squared,
    /// x₁x₂
    X1X2,
    /// sin x₁
    SinX1,
    /// sin x₂
    SinX2,
}
