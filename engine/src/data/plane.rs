//! Points of the plane as a data set: which pattern, how many points, and what the network is given of each.

use super::dataset::{Dataset, DatasetError, Inputs, Targets};
use super::plane_points::{PlanePoint, plane_points};
use crate::experiment::{CheckedExperiment, DataConfig, DatasetSpec, Shape};
use serde::{Deserialize, Serialize};

/// Most points that there may be.
const MAX_SAMPLES: usize = 5_000;

/// Points of the plane, as in TensorFlow Playground.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaneConfig {
    /// Which pattern.
    pub dataset: PlaneDataset,
    /// Points in all, in `10..=5_000` (Playground: 500 for classification, 1200 for regression).
    pub n_samples: usize,
    /// In `[0, 0.5]`; Playground's slider divided by 100.
    pub noise: f64,
    /// What the network is given of each point, in this order; not empty, each once.
    pub features: Vec<PlaneFeature>,
}

impl PlaneConfig {
    /// Shape and size. The two classes of a pattern that is not a regression are one output's sign.
    #[must_use]
    pub fn spec(&self) -> DatasetSpec {
        DatasetSpec {
            is_regression: self.dataset.is_regression(),
            n_available: MAX_SAMPLES,
            ..DatasetSpec::new(Shape::Vector(self.features.len()), self.n_samples, 1)
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

impl PlaneFeature {
    /// The feature of a point.
    #[must_use]
    pub fn of(self, x1: f64, x2: f64) -> f64 {
        match self {
            PlaneFeature::X1 => x1,
            PlaneFeature::X2 => x2,
            PlaneFeature::X1Squared => x1 * x1,
            PlaneFeature::X2Squared => x2 * x2,
            PlaneFeature::X1X2 => x1 * x2,
            PlaneFeature::SinX1 => x1.sin(),
            PlaneFeature::SinX2 => x2.sin(),
        }
    }
}

impl Dataset {
    /// The points that the experiment describes, as features and targets.
    ///
    /// Targets are ±1 for the squared errors and 0 or 1 for binary cross-entropy.
    ///
    /// # Errors
    /// If the experiment's data are of another kind.
    pub fn plane(checked: &CheckedExperiment) -> Result<Dataset, DatasetError> {
        let experiment = checked.experiment();
        let DataConfig::Plane(plane) = &experiment.data else { return Err(DatasetError::NotPlane) };
        let PlaneConfig { dataset, n_samples, noise, features } = plane;
        let points = plane_points(*dataset, *n_samples, *noise, experiment.seed);
        let is_zero_one = experiment.training.loss.is_of_probabilities();
        let target = |point: &PlanePoint| if is_zero_one { (point.target + 1.0) / 2.0 } else { point.target };
        let values = points.iter().map(|point| target(point) as f32).collect();
        let inputs = points.iter().flat_map(|point| features.iter().map(|f| f.of(point.x1, point.x2) as f32)).collect();
        Dataset::new(Inputs::Numbers(inputs), features.len(), Targets::Values { values, n_outputs: 1 })
    }
}
