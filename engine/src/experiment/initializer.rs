//! How weights begin, by name.

use crate::field::{ChoiceRange, FieldSpec, impl_choice};
use serde::Serialize;

/// How kernels (and biases) begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Initializer {
    /// Uniform in `±sqrt(6 / (fan_in + fan_out))`, zero bias (Keras' default).
    #[default]
    GlorotUniform,
    /// Normal (truncated at two deviations) of variance `2 / (fan_in + fan_out)`, zero bias.
    GlorotNormal,
    /// Uniform in `±sqrt(6 / fan_in)`, zero bias.
    HeUniform,
    /// Normal (truncated at two deviations) of variance `2 / fan_in`, zero bias.
    HeNormal,
    /// scikit-learn's: uniform in `±sqrt(6 / (fan_in + fan_out))`, the bias too; factor 2 if the
    /// hidden activation is `sigmoid`.
    ScikitLearn,
    /// TensorFlow Playground's: uniform in `±0.5`, biases 0.1.
    Playground,
    /// All zeros: shows why symmetry must be broken.
    Zeros,
}

impl Initializer {
    /// The field of a layer with a kernel.
    pub(crate) const FIELD: FieldSpec<ChoiceRange> = FieldSpec::new(
        "kernel_initializer",
        "kernel initializer",
        "How the weights begin before any training. Too large or too small, and signals fade or explode on their way through the layers.",
        ChoiceRange::ANY,
    )
    .detail()
    .optional();

    /// All of them, in the order in which a menu shows them.
    pub const ALL: [Initializer; 7] = [
        Initializer::GlorotUniform,
        Initializer::GlorotNormal,
        Initializer::HeUniform,
        Initializer::HeNormal,
        Initializer::ScikitLearn,
        Initializer::Playground,
        Initializer::Zeros,
    ];

    /// Keras' name, or whose rule it is.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Initializer::GlorotUniform => "glorot_uniform",
            Initializer::GlorotNormal => "glorot_normal",
            Initializer::HeUniform => "he_uniform",
            Initializer::HeNormal => "he_normal",
            Initializer::ScikitLearn => "scikit-learn's",
            Initializer::Playground => "playground",
            Initializer::Zeros => "zeros",
        }
    }
}

/// Whose rule it is has a name of its own in JSON.
const JSON_NAMES: [&str; Initializer::ALL.len()] = {
    let mut names = [""; Initializer::ALL.len()];
    let mut idx = 0;
    while idx < names.len() {
        names[idx] = match Initializer::ALL[idx] {
            Initializer::ScikitLearn => "scikit_learn",
            other => other.as_str(),
        };
        idx += 1;
    }
    names
};

impl_choice!(Initializer, JSON_NAMES);
