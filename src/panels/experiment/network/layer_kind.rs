//! The kinds of layer that can be added, with what they begin with.

use crate::components::glossary::{self, Entry};
use inkling_engine::experiment::{
    Activation, ActivationConfig, AveragePooling2DConfig, Conv2DConfig, DenseConfig, DropoutConfig, Initializer,
    LayerConfig, MaxPooling2DConfig, Padding, Regularizer,
};

/// All kinds, in the order of the menu, as they are when they are added.
#[must_use]
pub fn new_layers() -> Vec<LayerConfig> {
    let conv2d = Conv2DConfig {
        filters: 32,
        kernel_size: [3, 3],
        strides: [1, 1],
        padding: Padding::Valid,
        activation: Activation::Relu,
        kernel_initializer: Initializer::GlorotUniform,
        kernel_regularizer: Regularizer::default(),
    };
    let dense = DenseConfig {
        units: 40,
        activation: Activation::Relu,
        kernel_initializer: Initializer::GlorotUniform,
        kernel_regularizer: Regularizer::default(),
    };
    vec![
        LayerConfig::Dense(dense),
        LayerConfig::Conv2D(conv2d),
        LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([2, 2])),
        LayerConfig::AveragePooling2D(AveragePooling2DConfig::new([2, 2])),
        LayerConfig::FLATTEN,
        LayerConfig::Dropout(DropoutConfig::new(0.2)),
        LayerConfig::Activation(ActivationConfig { activation: Activation::Relu }),
    ]
}

/// What the kind is, for somebody who meets it for the first time.
#[must_use]
pub fn entry(layer: &LayerConfig) -> Entry {
    match layer {
        LayerConfig::Dense(_) => glossary::DENSE,
        LayerConfig::Conv2D(_) => glossary::CONV2D,
        LayerConfig::MaxPooling2D(_) => glossary::MAX_POOLING2D,
        LayerConfig::AveragePooling2D(_) => glossary::AVERAGE_POOLING2D,
        LayerConfig::FLATTEN => glossary::FLATTEN,
        LayerConfig::Dropout(_) => glossary::DROPOUT,
        LayerConfig::Activation(_) => glossary::ACTIVATION_LAYER,
    }
}

/// The ending of the swatch's class: layers that do like things look alike.
#[must_use]
pub fn family(layer: &LayerConfig) -> &'static str {
    match layer {
        LayerConfig::Dense(_) => "dense",
        LayerConfig::Conv2D(_) => "conv",
        LayerConfig::MaxPooling2D(_) | LayerConfig::AveragePooling2D(_) => "pool",
        LayerConfig::FLATTEN | LayerConfig::Dropout(_) | LayerConfig::Activation(_) => "shape",
    }
}
