//! TensorFlow Playground's links: an experiment on points of the plane as `#activation=tanh&batchSize=10&…`.

mod control;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use control::Control;
pub use read::read;
pub use write::write;

use inkling_engine::experiment::{Activation, Experiment, PlaneDataset, PlaneFeature};

/// What its page shows beside the experiment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// Test points are in the picture.
    pub show_test: bool,
    /// The picture shows classes rather than numbers.
    pub discretize: bool,
    /// What a teacher has hidden, in the order of [`Control::ALL`].
    pub hidden: Vec<Control>,
}

/// What one of its links holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Playground {
    /// The experiment; it can still have faults, which [`Experiment::check`] names.
    pub experiment: Experiment,
    /// What the page shows beside it.
    pub view: View,
    /// Sentences about what could not be read, and what was taken instead.
    pub notes: Vec<String>,
}

/// The seed that is taken where a link has none, with which its page would draw other points each time.
const SEED: &str = "0.12345";
/// Units of the hidden layers by default.
const SHAPE: [usize; 2] = [4, 2];
/// Points for classes, and for a regression.
const N_POINTS: usize = 500;
const N_REGRESSION_POINTS: usize = 1_200;

// Names and what they stand for, the default first.

const ACTIVATIONS: [(&str, Activation); 4] = [
    ("tanh", Activation::Tanh),
    ("relu", Activation::Relu),
    ("sigmoid", Activation::Sigmoid),
    ("linear", Activation::Linear),
];
const DATASETS: [(&str, PlaneDataset); 4] = [
    ("circle", PlaneDataset::Circle),
    ("xor", PlaneDataset::Xor),
    ("gauss", PlaneDataset::Gauss),
    ("spiral", PlaneDataset::Spiral),
];
const REGRESSION_DATASETS: [(&str, PlaneDataset); 2] =
    [("reg-plane", PlaneDataset::Plane), ("reg-gauss", PlaneDataset::MultiGauss)];
const PROBLEMS: [(&str, bool); 2] = [("classification", false), ("regression", true)];
const PENALTIES: [(&str, Penalty); 3] = [("none", Penalty::None), ("L1", Penalty::L1), ("L2", Penalty::L2)];
/// The features in the order in which its network has them.
const FEATURES: [(&str, PlaneFeature); 7] = [
    ("x", PlaneFeature::X1),
    ("y", PlaneFeature::X2),
    ("xSquared", PlaneFeature::X1Squared),
    ("ySquared", PlaneFeature::X2Squared),
    ("xTimesY", PlaneFeature::X1X2),
    ("sinX", PlaneFeature::SinX1),
    ("sinY", PlaneFeature::SinX2),
];
/// Features of its links that its own network never has.
const NO_FEATURES: [&str; 2] = ["cosX", "cosY"];
/// All other names in its links.
const OTHER_NAMES: [&str; 18] = [
    "activation",
    "regularization",
    "batchSize",
    "dataset",
    "regDataset",
    "learningRate",
    "regularizationRate",
    "noise",
    "networkShape",
    "seed",
    "showTestData",
    "discretize",
    "percTrainData",
    "collectStats",
    "tutorial",
    "problem",
    "initZero",
    "hideText",
];
/// What follows the name of a control or feature that is hidden.
const HIDE: &str = "_hide";

/// Which penalty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Penalty {
    None,
    L1,
    L2,
}

/// How many of `n` points train at so many percent, as its page counts.
fn n_train(n: usize, percent: f64) -> usize {
    (n as f64 * percent / 100.0).floor() as usize
}
