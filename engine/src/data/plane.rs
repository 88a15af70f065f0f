//! Points of the plane as a data set: the pattern, the number of points, and the features that the network is given.

use super::plane_points::plane_dataset;
use super::{Dataset, DatasetError, DatasetKind};
use crate::experiment::{DatasetSpec, Experiment, Shape};
use crate::field::{CountRange, FieldMut, FieldSpec, NumberRange};
use serde::{Deserialize, Serialize};

/// The largest number of points.
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
    /// The features that the network is given, in this order; at least one, none twice.
    pub features: Vec<PlaneFeature>,
}

impl Default for PlaneConfig {
    /// Playground's first data set.
    fn default() -> PlaneConfig {
        let features = vec![PlaneFeature::X1, PlaneFeature::X2];
        PlaneConfig { dataset: PlaneDataset::Circle, n_samples: 500, noise: 0.0, features }
    }
}

const N_SAMPLES: FieldSpec<CountRange> = FieldSpec::new(
    "n_samples",
    "Points",
    "How many points there are. The validation part is taken from them.",
    CountRange { low: 10, high: MAX_SAMPLES },
)
.term("points");

const NOISE: FieldSpec<NumberRange> = FieldSpec::new(
    "noise",
    "Noise",
    "How far points stray from their pattern, or how many labels are wrong.",
    NumberRange::closed(0.0, 0.5),
)
.term("noise");

impl DatasetKind for PlaneConfig {
    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![FieldMut::Count(&N_SAMPLES, &mut self.n_samples), FieldMut::Number(&NOISE, &mut self.noise)]
    }

    /// For classification, the sign of the one output is the class.
    fn spec(&self) -> DatasetSpec {
        DatasetSpec {
            is_regression: self.dataset.is_regression(),
            n_available: MAX_SAMPLES,
            ..DatasetSpec::new(Shape::Vector(self.features.len()), self.n_samples, 1)
        }
    }

    fn generate(&self, experiment: &Experiment) -> Option<Result<Dataset, DatasetError>> {
        Some(plane_dataset(self, experiment))
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
