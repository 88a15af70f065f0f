//! Points of the plane as a data set: the pattern, the number of points, and the features that the network is given.

use super::check::check_plane;
use crate::data::DatasetKind;
use crate::experiment::{DatasetSpec, Shape, ValidationErrors};
use crate::field::{CountRange, FieldMut, FieldSpec, NumberRange};
use serde::{Deserialize, Serialize};

/// The largest number of points.
const MAX_SAMPLES: usize = 5_000;
/// The most classes with an output each.
const MAX_OUTPUTS: usize = 5;
/// What classes with an output each are called: by their labels.
const CLASS_NAMES: [&str; MAX_OUTPUTS] = ["0", "1", "2", "3", "4"];

/// Points of the plane, as in TensorFlow Playground.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaneConfig {
    /// Which pattern.
    pub dataset: PlaneDataset,
    /// Points in all, in `10..=5_000` (Playground: 500 for classification, 1200 for regression). For
    /// [`PlaneDataset::Points`] the number of [`points`](PlaneConfig::points) counts instead.
    pub n_samples: usize,
    /// In `[0, 0.5]`; Playground's slider divided by 100.
    pub noise: f64,
    /// The features that the network is given, in this order; at least one, none twice.
    pub features: Vec<PlaneFeature>,
    /// The text that seeds Playground's own generator, from which points, their order and the weights of
    /// [`Initializer::Playground`](crate::experiment::Initializer::Playground) then come, as on its page; up to 64
    /// characters. Empty: they come from the experiment's seed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub playground_seed: String,
    /// 1: the sign of the one output is the class (or the output is the number of a regression). 2 to 5: so many classes,
    /// with an output each.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub n_outputs: usize,
    /// The points `[x1, x2, target]` of [`PlaneDataset::Points`], 10 to 5,000 of them. Targets are -1 and 1 for one
    /// output, else labels from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<[f64; 3]>,
    /// The [`Formula`](super::Formula) of [`PlaneDataset::Formula`]: `x^2 - 1`, `x^2 + y^2 < 9`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub formula: String,
}

fn one() -> usize {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_one(count: &usize) -> bool {
    *count == 1
}

impl Default for PlaneConfig {
    /// Playground's first data set.
    fn default() -> PlaneConfig {
        PlaneConfig {
            dataset: PlaneDataset::Circle,
            n_samples: 500,
            noise: 0.0,
            features: vec![PlaneFeature::X1, PlaneFeature::X2],
            playground_seed: String::new(),
            n_outputs: 1,
            points: vec![],
            formula: String::new(),
        }
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

const N_OUTPUTS: FieldSpec<CountRange> = FieldSpec::new(
    "n_outputs",
    "Outputs",
    "With one output, its sign is the class. With more, each class has an output of its own.",
    CountRange { low: 1, high: MAX_OUTPUTS },
)
.term("outputs")
.optional();

impl PlaneConfig {
    /// The most characters of [`playground_seed`](PlaneConfig::playground_seed).
    pub const MAX_SEED_LEN: usize = 64;
    /// How many points there may be.
    pub const N_POINTS: CountRange = N_SAMPLES.range;

    /// Points in all.
    #[must_use]
    pub fn n_points(&self) -> usize {
        if self.dataset == PlaneDataset::Points { self.points.len() } else { self.n_samples }
    }
}

impl DatasetKind for PlaneConfig {
    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        let mut fields =
            vec![FieldMut::Number(&NOISE, &mut self.noise), FieldMut::Count(&N_OUTPUTS, &mut self.n_outputs)];
        if self.dataset != PlaneDataset::Points {
            fields.insert(0, FieldMut::Count(&N_SAMPLES, &mut self.n_samples));
        }
        fields
    }

    fn spec(&self) -> DatasetSpec {
        // A wrong number is named by the check of the data.
        let n_outputs = self.n_outputs.clamp(1, MAX_OUTPUTS);
        let n_classes = if n_outputs > 1 { n_outputs } else { 0 };
        DatasetSpec {
            class_names: &CLASS_NAMES[..n_classes],
            is_regression: self.dataset.is_regression(),
            n_available: MAX_SAMPLES,
            max_epochs: DatasetSpec::ENDLESS,
            measures_training: true,
            ..DatasetSpec::new(Shape::Vector(self.features.len()), self.n_points(), n_outputs)
        }
    }

    fn check(&self, errors: &mut ValidationErrors) {
        check_plane(self, errors);
    }
}

/// Patterns of TensorFlow Playground, two of them for regression, and points of one's own.
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
    /// Points that were set one by one.
    Points,
    /// The two sides of a curve.
    Formula,
}

impl PlaneDataset {
    /// All of them, in the order in which a menu shows them.
    pub const ALL: [PlaneDataset; 8] = [
        PlaneDataset::Circle,
        PlaneDataset::Xor,
        PlaneDataset::Gauss,
        PlaneDataset::Spiral,
        PlaneDataset::Plane,
        PlaneDataset::MultiGauss,
        PlaneDataset::Points,
        PlaneDataset::Formula,
    ];

    /// The name in a menu.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            PlaneDataset::Circle => "circle",
            PlaneDataset::Xor => "exclusive or",
            PlaneDataset::Gauss => "two clouds",
            PlaneDataset::Spiral => "spiral",
            PlaneDataset::Plane => "plane",
            PlaneDataset::MultiGauss => "hills",
            PlaneDataset::Points => "own points",
            PlaneDataset::Formula => "formula",
        }
    }

    /// Whether targets are numbers in about `[-1, 1]` rather than labels.
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
    /// cos x₁
    CosX1,
    /// cos x₂
    CosX2,
}

impl PlaneFeature {
    /// All of them, in the order in which a menu shows them.
    pub const ALL: [PlaneFeature; 9] = [
        PlaneFeature::X1,
        PlaneFeature::X2,
        PlaneFeature::X1Squared,
        PlaneFeature::X2Squared,
        PlaneFeature::X1X2,
        PlaneFeature::SinX1,
        PlaneFeature::SinX2,
        PlaneFeature::CosX1,
        PlaneFeature::CosX2,
    ];

    /// How it is written.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            PlaneFeature::X1 => "x₁",
            PlaneFeature::X2 => "x₂",
            PlaneFeature::X1Squared => "x₁²",
            PlaneFeature::X2Squared => "x₂²",
            PlaneFeature::X1X2 => "x₁x₂",
            PlaneFeature::SinX1 => "sin x₁",
            PlaneFeature::SinX2 => "sin x₂",
            PlaneFeature::CosX1 => "cos x₁",
            PlaneFeature::CosX2 => "cos x₂",
        }
    }

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
            PlaneFeature::CosX1 => x1.cos(),
            PlaneFeature::CosX2 => x2.cos(),
        }
    }
}
