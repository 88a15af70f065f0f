//! The experiments that the page offers to begin with: the lesson's networks, and simpler ones.

use super::{
    Activation, Conv2DConfig, DataConfig, DenseConfig, DropoutConfig, Experiment, Initializer, LayerConfig, Loss,
    MaxPooling2DConfig, MnistConfig, OptimizerConfig, Regularization, StopRule, TrainingConfig, Validation,
};

/// A named experiment.
///
/// ```
/// use inkling_engine::experiment::Preset;
///
/// // A link ends in `?preset=lesson-cnn`.
/// assert_eq!(Preset::from_slug("lesson-cnn"), Some(Preset::LessonCnn));
/// assert_eq!(Preset::LessonCnn.experiment().network.len(), 7);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// The lesson's Keras CNN.
    LessonCnn,
    /// The lesson's Keras MLP with two hidden layers of 16.
    Mlp16x16,
    /// The lesson's scikit-learn MLP with 40 hidden units and early stopping.
    Mlp40,
    /// No hidden layer.
    Softmax,
    /// No layer at all: a network to be built.
    Empty,
}

impl Preset {
    /// All of them, in the order in which a menu shows them.
    pub const ALL: [Preset; 5] = [Preset::LessonCnn, Preset::Mlp16x16, Preset::Mlp40, Preset::Softmax, Preset::Empty];

    /// The name in a link: `?preset=lesson-cnn`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Preset::LessonCnn => "lesson-cnn",
            Preset::Mlp16x16 => "mlp-16-16",
            Preset::Mlp40 => "mlp-40",
            Preset::Softmax => "softmax",
            Preset::Empty => "empty",
        }
    }

    /// The name in a menu.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Preset::LessonCnn => "CNN of the lesson",
            Preset::Mlp16x16 => "MLP 16-16",
            Preset::Mlp40 => "MLP 40",
            Preset::Softmax => "softmax regression",
            Preset::Empty => "empty",
        }
    }

    /// The preset of that [`slug`](Preset::slug).
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.slug() == slug)
    }

    /// The whole experiment.
    #[must_use]
    pub fn experiment(self) -> Experiment {
        let data = DataConfig::Mnist(MnistConfig::default());
        Experiment { network: self.network(data.n_outputs()), training: self.training(), data, seed: 1 }
    }

    fn network(self, n_classes: usize) -> Vec<LayerConfig> {
        let keras = Initializer::GlorotUniform;
        match self {
            Preset::LessonCnn => vec![
                conv2d(32),
                max_pooling2d(),
                conv2d(64),
                max_pooling2d(),
                LayerConfig::FLATTEN,
                LayerConfig::Dropout(DropoutConfig::new(0.2)),
                dense(n_classes, Activation::Softmax, keras),
            ],
            Preset::Mlp16x16 => vec![
                LayerConfig::FLATTEN,
                dense(16, Activation::Relu, keras),
                dense(16, Activation::Relu, keras),
                dense(n_classes, Activation::Softmax, keras),
            ],
            Preset::Mlp40 => vec![
                LayerConfig::FLATTEN,
                dense(40, Activation::Relu, Initializer::ScikitLearn),
                dense(n_classes, Activation::Softmax, Initializer::ScikitLearn),
            ],
            Preset::Softmax => vec![LayerConfig::FLATTEN, dense(n_classes, Activation::Softmax, keras)],
            Preset::Empty => vec![],
        }
    }

    fn training(self) -> TrainingConfig {
        let keras = TrainingConfig {
            loss: Loss::CategoricalCrossentropy,
            optimizer: OptimizerConfig::ADAM,
            learning_rate: 0.001,
            batch_size: 200,
            epochs: 10,
            regularization: Regularization::NONE,
            validation: Validation::Last { validation_split: 0.1 },
            stop: StopRule::Never,
            shuffle: true,
            carry_leftover: false,
        };
        match self {
            Preset::Mlp40 => TrainingConfig {
                optimizer: OptimizerConfig::ADAM_SCIKIT_LEARN,
                epochs: 200,
                regularization: Regularization::ScikitLearn { alpha: 1e-4 },
                validation: Validation::Random { validation_fraction: 0.1 },
                stop: StopRule::EARLY_STOPPING,
                ..keras
            },
            _ => keras,
        }
    }
}

fn dense(units: usize, activation: Activation, kernel_initializer: Initializer) -> LayerConfig {
    LayerConfig::Dense(DenseConfig { kernel_initializer, ..DenseConfig::new(units).activation(activation) })
}

fn conv2d(filters: usize) -> LayerConfig {
    LayerConfig::Conv2D(Conv2DConfig::new(filters, [3, 3]).activation(Activation::Relu))
}

fn max_pooling2d() -> LayerConfig {
    LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([2, 2]))
}
