//! The experiments on points of the plane that the page offers to begin with.

use super::{
    Activation, DataConfig, DenseConfig, Experiment, Initializer, LayerConfig, Loss, OptimizerConfig, PlaneConfig,
    PlaneDataset, PlaneFeature, Regularization, StopRule, TrainingConfig, Validation,
};

/// A named experiment on points of the plane.
///
/// ```
/// use inkling_engine::experiment::PlanePreset;
///
/// assert_eq!(PlanePreset::from_slug("spiral"), Some(PlanePreset::Spiral));
/// let checked = PlanePreset::Playground.experiment().check()?;
/// assert_eq!((checked.n_params(), checked.n_train(), checked.n_validation()), (25, 250, 250));
/// # Ok::<(), inkling_engine::experiment::ExperimentErrors>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanePreset {
    /// A disc inside a ring.
    Circle,
    /// Opposite quadrants.
    Xor,
    /// Opposite quadrants with the product of both coordinates, and no hidden layer.
    XorProduct,
    /// Two clouds, and no hidden layer.
    Gauss,
    /// Two arms.
    Spiral,
    /// A tilted plane (regression).
    Plane,
    /// Six hills and hollows (regression).
    MultiGauss,
    /// What TensorFlow Playground begins with, number by number.
    Playground,
}

impl PlanePreset {
    /// All of them, in the order in which a menu shows them.
    pub const ALL: [PlanePreset; 8] = [
        PlanePreset::Circle,
        PlanePreset::Xor,
        PlanePreset::XorProduct,
        PlanePreset::Gauss,
        PlanePreset::Spiral,
        PlanePreset::Plane,
        PlanePreset::MultiGauss,
        PlanePreset::Playground,
    ];

    /// The name in a link: `?preset=spiral`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            PlanePreset::Circle => "circle",
            PlanePreset::Xor => "xor",
            PlanePreset::XorProduct => "xor-product",
            PlanePreset::Gauss => "gauss",
            PlanePreset::Spiral => "spiral",
            PlanePreset::Plane => "plane",
            PlanePreset::MultiGauss => "multi-gauss",
            PlanePreset::Playground => "playground",
        }
    }

    /// The name in a menu.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            PlanePreset::XorProduct => "exclusive or by a product",
            PlanePreset::Playground => "TensorFlow Playground's own",
            _ => self.dataset().title(),
        }
    }

    /// The preset of that [`slug`](PlanePreset::slug).
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<PlanePreset> {
        PlanePreset::ALL.into_iter().find(|preset| preset.slug() == slug)
    }

    /// The whole experiment. It trains until it is stopped.
    #[must_use]
    pub fn experiment(self) -> Experiment {
        let experiment = Experiment {
            data: DataConfig::Plane(self.data()),
            network: self.network(),
            training: TrainingConfig {
                loss: Loss::HalfSquaredError,
                optimizer: OptimizerConfig::ADAM,
                learning_rate: if self == PlanePreset::Xor { 0.03 } else { 0.01 },
                batch_size: 10,
                epochs: 1_000_000,
                regularization: Regularization::NONE,
                validation: Validation::Last { validation_split: 0.5 },
                stop: StopRule::Never,
                shuffle: true,
                carry_leftover: false,
            },
            seed: 1,
        };
        if self == PlanePreset::Playground { as_playground(experiment) } else { experiment }
    }

    fn dataset(self) -> PlaneDataset {
        match self {
            PlanePreset::Circle | PlanePreset::Playground => PlaneDataset::Circle,
            PlanePreset::Xor | PlanePreset::XorProduct => PlaneDataset::Xor,
            PlanePreset::Gauss => PlaneDataset::Gauss,
            PlanePreset::Spiral => PlaneDataset::Spiral,
            PlanePreset::Plane => PlaneDataset::Plane,
            PlanePreset::MultiGauss => PlaneDataset::MultiGauss,
        }
    }

    fn data(self) -> PlaneConfig {
        use PlaneFeature::{SinX1, SinX2, X1, X1X2, X2};
        let dataset = self.dataset();
        PlaneConfig {
            dataset,
            n_samples: if dataset.is_regression() { 1_200 } else { 500 },
            features: match self {
                PlanePreset::XorProduct => vec![X1X2],
                PlanePreset::Spiral => vec![X1, X2, SinX1, SinX2],
                _ => vec![X1, X2],
            },
            ..PlaneConfig::default()
        }
    }

    fn network(self) -> Vec<LayerConfig> {
        let hidden: &[usize] = match self {
            PlanePreset::XorProduct | PlanePreset::Gauss | PlanePreset::Plane => &[],
            PlanePreset::Circle | PlanePreset::Xor => &[4, 4],
            PlanePreset::Spiral | PlanePreset::MultiGauss => &[8, 8],
            PlanePreset::Playground => &[4, 2],
        };
        let last = if self.dataset().is_regression() { Activation::Linear } else { Activation::Tanh };
        let layers = hidden.iter().map(|&units| (units, Activation::Tanh)).chain([(1, last)]);
        layers.map(|(units, activation)| LayerConfig::Dense(DenseConfig::new(units).activation(activation))).collect()
    }
}

/// With the optimizer, the order, the points and the first weights of TensorFlow Playground's page.
fn as_playground(mut experiment: Experiment) -> Experiment {
    if let DataConfig::Plane(plane) = &mut experiment.data {
        plane.playground_seed = "0.12345".to_owned();
    }
    for layer in &mut experiment.network {
        if let LayerConfig::Dense(dense) = layer {
            dense.kernel_initializer = Initializer::Playground;
        }
    }
    let training = &mut experiment.training;
    training.optimizer = OptimizerConfig::SGD;
    training.learning_rate = 0.03;
    training.regularization = Regularization::Playground { l1: 0.0, l2: 0.0 };
    training.shuffle = false;
    training.carry_leftover = true;
    experiment
}
