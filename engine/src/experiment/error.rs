//! What is wrong with an experiment: where, what was expected, what was got.

use std::fmt;

/// One mistake in an [`Experiment`](super::Experiment).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExperimentError {
    /// Where the mistake is.
    pub place: Place,
    /// Which number it is about, if several share the place: `beta_1` of the optimizer, `l1` of a regularizer.
    pub part: Option<&'static str>,
    /// What would have been right, as the end of "expected …".
    pub expected: String,
    /// What is there.
    pub got: String,
}

impl std::error::Error for ExperimentError {}

impl fmt::Display for ExperimentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, got {}", self.place, self.expected, self.got)
    }
}

/// All mistakes of an experiment, in reading order; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExperimentErrors(pub Vec<ExperimentError>);

impl std::error::Error for ExperimentErrors {}

impl fmt::Display for ExperimentErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (error_idx, error) in self.0.iter().enumerate() {
            if error_idx > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

/// Where in an experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A field of the data set.
    Data(Field),
    /// A layer, counted from 0 without the input.
    Layer {
        /// Position in `Experiment::network`.
        layer_idx: usize,
        /// Keras' class name.
        layer_type: &'static str,
        /// The field's name, such as `units`, or [`INPUT_FIELD`](crate::layers::INPUT_FIELD) if the layer cannot take
        /// what comes before it.
        field: &'static str,
    },
    /// The network as a whole, such as a missing output layer.
    Network,
    /// A field of the training.
    Training(Field),
    /// The seed.
    Seed,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Data(field) => write!(f, "data {}", field.as_str()),
            Place::Layer { layer_idx, layer_type, field } => {
                write!(f, "layer {} ({layer_type}) {field}", layer_idx + 1)
            }
            Place::Network => f.write_str("network"),
            Place::Training(field) => write!(f, "training {}", field.as_str()),
            Place::Seed => f.write_str("seed"),
        }
    }
}

/// The fields of data and training that can be wrong, by their Keras names where Keras has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is named after the field that it stands for")]
pub enum Field {
    NSamples,
    Noise,
    Features,
    PlaygroundSeed,
    NOutputs,
    Points,
    Formula,
    LabelNoise,
    ShufflePixels,
    Augmentation,
    ClassWeight,
    OwnDigits,
    Loss,
    Optimizer,
    LearningRate,
    BatchSize,
    Epochs,
    Regularization,
    Validation,
    Stop,
}

impl Field {
    /// The field's name as users meet it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Field::NSamples => "n_samples",
            Field::Noise => "noise",
            Field::Features => "features",
            Field::PlaygroundSeed => "playground_seed",
            Field::NOutputs => "n_outputs",
            Field::Points => "points",
            Field::Formula => "formula",
            Field::LabelNoise => "label_noise",
            Field::ShufflePixels => "shuffle_pixels",
            Field::Augmentation => "augmentation",
            Field::ClassWeight => "class_weight",
            Field::OwnDigits => "own_digits",
            Field::Loss => "loss",
            Field::Optimizer => "optimizer",
            Field::LearningRate => "learning_rate",
            Field::BatchSize => "batch_size",
            Field::Epochs => "epochs",
            Field::Regularization => "regularization",
            Field::Validation => "validation",
            Field::Stop => "stop",
        }
    }
}
