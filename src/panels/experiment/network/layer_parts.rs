//! Where a layer's fields stand.

use crate::state::Part;
use inkling_engine::experiment::{
    Activation, Conv2DConfig, DenseConfig, Experiment, Initializer, LayerConfig, Padding, Regularizer,
};

/// A field of the layer at `layer_idx`.
pub fn of_layer<T: 'static>(layer_idx: usize, field: fn(&mut LayerConfig) -> Option<&mut T>) -> impl Part<T> {
    move |experiment: &mut Experiment| experiment.network.get_mut(layer_idx).and_then(field)
}

fn dense(layer: &mut LayerConfig) -> Option<&mut DenseConfig> {
    if let LayerConfig::Dense(dense) = layer { Some(dense) } else { None }
}

fn conv2d(layer: &mut LayerConfig) -> Option<&mut Conv2DConfig> {
    if let LayerConfig::Conv2D(conv2d) = layer { Some(conv2d) } else { None }
}

/// Units of a Dense layer.
pub fn units(layer: &mut LayerConfig) -> Option<&mut usize> {
    dense(layer).map(|dense| &mut dense.units)
}

/// Filters of a convolution.
pub fn filters(layer: &mut LayerConfig) -> Option<&mut usize> {
    conv2d(layer).map(|conv2d| &mut conv2d.filters)
}

/// Kernel size of a convolution.
pub fn kernel_size(layer: &mut LayerConfig) -> Option<&mut [usize; 2]> {
    conv2d(layer).map(|conv2d| &mut conv2d.kernel_size)
}

/// Strides of a convolution.
pub fn strides(layer: &mut LayerConfig) -> Option<&mut [usize; 2]> {
    conv2d(layer).map(|conv2d| &mut conv2d.strides)
}

/// Padding of a convolution.
pub fn padding(layer: &mut LayerConfig) -> Option<&mut Padding> {
    conv2d(layer).map(|conv2d| &mut conv2d.padding)
}

/// Window of a pooling layer.
pub fn pool_size(layer: &mut LayerConfig) -> Option<&mut [usize; 2]> {
    match layer {
        LayerConfig::MaxPooling2D(pooling) | LayerConfig::AveragePooling2D(pooling) => Some(&mut pooling.pool_size),
        _ => None,
    }
}

/// Rate of a Dropout layer.
pub fn rate(layer: &mut LayerConfig) -> Option<&mut f64> {
    if let LayerConfig::Dropout(dropout) = layer { Some(&mut dropout.rate) } else { None }
}

/// Activation of any layer that has one.
pub fn activation(layer: &mut LayerConfig) -> Option<&mut Activation> {
    match layer {
        LayerConfig::Dense(dense) => Some(&mut dense.activation),
        LayerConfig::Conv2D(conv2d) => Some(&mut conv2d.activation),
        LayerConfig::Activation(config) => Some(&mut config.activation),
        _ => None,
    }
}

/// Initializer of a layer with a kernel.
pub fn kernel_initializer(layer: &mut LayerConfig) -> Option<&mut Initializer> {
    match layer {
        LayerConfig::Dense(dense) => Some(&mut dense.kernel_initializer),
        LayerConfig::Conv2D(conv2d) => Some(&mut conv2d.kernel_initializer),
        _ => None,
    }
}

fn kernel_regularizer(layer: &mut LayerConfig) -> Option<&mut Regularizer> {
    match layer {
        LayerConfig::Dense(dense) => Some(&mut dense.kernel_regularizer),
        LayerConfig::Conv2D(conv2d) => Some(&mut conv2d.kernel_regularizer),
        _ => None,
    }
}

/// L1 penalty of a kernel.
pub fn l1(layer: &mut LayerConfig) -> Option<&mut f64> {
    kernel_regularizer(layer).map(|regularizer| &mut regularizer.l1)
}

/// L2 penalty of a kernel.
pub fn l2(layer: &mut LayerConfig) -> Option<&mut f64> {
    kernel_regularizer(layer).map(|regularizer| &mut regularizer.l2)
}
