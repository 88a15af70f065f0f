//! Activation functions by name.

use crate::field::{ChoiceRange, FieldSpec, FieldWords, impl_choice};
use serde::{Deserialize, Serialize};

/// Activation functions, by Keras' names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    /// `x`
    #[default]
    Linear,
    /// `max(0, x)`
    Relu,
    /// `x` above 0, `0.2 x` below (Keras 3's default slope).
    LeakyRelu,
    /// `x` above 0, `exp(x) - 1` below.
    Elu,
    /// `tanh x`
    Tanh,
    /// `1 / (1 + exp(-x))`
    Sigmoid,
    /// `exp(x_i) / Σ exp(x_j)`: all outputs together are a distribution.
    Softmax,
}

impl Activation {
    /// What it is called, and what it means.
    pub const WORDS: FieldWords = Activation::field(ChoiceRange::ANY).words;

    /// The field of a layer that ends with one of these functions.
    pub(crate) const fn field(range: ChoiceRange) -> FieldSpec<ChoiceRange> {
        let help = "The function applied to each output. Without one that bends, such as relu, many layers can do no more than a single one.";
        FieldSpec::new("activation", "activation", help, range)
    }

    /// All of them, in the order in which a menu shows them.
    pub const ALL: [Activation; 7] = [
        Activation::Linear,
        Activation::Relu,
        Activation::LeakyRelu,
        Activation::Elu,
        Activation::Tanh,
        Activation::Sigmoid,
        Activation::Softmax,
    ];

    /// Keras' name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Activation::Linear => "linear",
            Activation::Relu => "relu",
            Activation::LeakyRelu => "leaky_relu",
            Activation::Elu => "elu",
            Activation::Tanh => "tanh",
            Activation::Sigmoid => "sigmoid",
            Activation::Softmax => "softmax",
        }
    }
}

impl_choice!(Activation);
