//! Layers as data, in Keras' words and with Keras' defaults.

use serde::{Deserialize, Serialize};

/// One layer of a `Sequential` network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum LayerConfig {
    /// Fully connected: `activation(x · kernel + bias)`.
    Dense(DenseConfig),
    /// Convolution (cross-correlation, as in every such library) over height and width.
    Conv2D(Conv2DConfig),
    /// Largest value of each window.
    MaxPooling2D(PoolingConfig),
    /// Mean of each window.
    AveragePooling2D(PoolingConfig),
    /// Image to vector, in height, width, channel order.
    Flatten,
    /// Silences inputs at random while training.
    Dropout(DropoutConfig),
    /// An activation function alone.
    Activation(ActivationConfig),
}

impl LayerConfig {
    /// Keras' class name.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            LayerConfig::Dense(_) => "Dense",
            LayerConfig::Conv2D(_) => "Conv2D",
            LayerConfig::MaxPooling2D(_) => "MaxPooling2D",
            LayerConfig::AveragePooling2D(_) => "AveragePooling2D",
            LayerConfig::Flatten => "Flatten",
            LayerConfig::Dropout(_) => "Dropout",
            LayerConfig::Activation(_) => "Activation",
        }
    }

    /// The stem from which Keras makes a layer's name: `conv2d`, then `conv2d_1`.
    #[must_use]
    pub fn name_stem(&self) -> &'static str {
        match self {
            LayerConfig::Dense(_) => "dense",
            LayerConfig::Conv2D(_) => "conv2d",
            LayerConfig::MaxPooling2D(_) => "max_pooling2d",
            LayerConfig::AveragePooling2D(_) => "average_pooling2d",
            LayerConfig::Flatten => "flatten",
            LayerConfig::Dropout(_) => "dropout",
            LayerConfig::Activation(_) => "activation",
        }
    }
}

/// Hyperparameters of a Dense layer. Kernel `[inputs, units]`, bias `[units]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DenseConfig {
    /// Outputs, in `1..=4096`.
    pub units: usize,
    /// Applied to each output (softmax: to all of them together).
    #[serde(default)]
    pub activation: Activation,
    /// How kernel and bias begin.
    #[serde(default)]
    pub kernel_initializer: Initializer,
    /// Penalty of this kernel alone, beside the one of the whole training.
    #[serde(default, skip_serializing_if = "Regularizer::is_none")]
    pub kernel_regularizer: Regularizer,
}

/// Hyperparameters of a Conv2D layer. Kernel `[kernel_h, kernel_w, in_channels, filters]`, bias `[filters]`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conv2DConfig {
    /// Maps that come out, in `1..=512`.
    pub filters: usize,
    /// `[height, width]` of the kernel, at most the input's (`valid`) and at most 28.
    pub kernel_size: [usize; 2],
    /// `[down, across]`, each in `1..=28`.
    #[serde(default = "ones")]
    pub strides: [usize; 2],
    /// What happens at the border.
    #[serde(default)]
    pub padding: Padding,
    /// Applied to each cell; not softmax.
    #[serde(default)]
    pub activation: Activation,
    /// How kernel and bias begin.
    #[serde(default)]
    pub kernel_initializer: Initializer,
    /// Penalty of this kernel alone, beside the one of the whole training.
    #[serde(default, skip_serializing_if = "Regularizer::is_none")]
    pub kernel_regularizer: Regularizer,
}

fn ones() -> [usize; 2] {
    [1, 1]
}

/// Hyperparameters of both pooling layers: `valid`, strides equal to the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolingConfig {
    /// `[height, width]` of the window; rows and columns that fill no window are dropped.
    pub pool_size: [usize; 2],
}

/// Hyperparameter of Dropout (inverted: kept inputs are divided by `1 - rate`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DropoutConfig {
    /// Share of inputs silenced, in `[0, 1)`.
    pub rate: f64,
}

/// An activation as a layer of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivationConfig {
    /// Which function.
    pub activation: Activation,
}

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
    pub fn as_str(self) -> &'static str {
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

/// What a convolution does at the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Padding {
    /// Only windows that fit: the output shrinks.
    #[default]
    Valid,
    /// Zeros around: with strides of 1 the output keeps its size.
    Same,
}

/// How kernels (and biases) begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    /// All zeros: shows why symmetry must be broken.
    Zeros,
}

/// Penalty on one kernel: `l1·Σ|w| + l2·Σw²` (Keras `L1L2`).
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regularizer {
    /// At least 0.
    #[serde(default)]
    pub l1: f64,
    /// At least 0.
    #[serde(default)]
    pub l2: f64,
}

impl Regularizer {
    /// Whether it has no effect.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.l1 == 0.0 && self.l2 == 0.0
    }
}
