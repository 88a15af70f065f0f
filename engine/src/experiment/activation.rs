//! Activation functions by name.

use crate::field::impl_choice;
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
