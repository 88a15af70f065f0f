//! Layers one by one: their fields, and the shapes that pass through them.

use super::check_training::check_loss;
use super::fault::ValidationErrors;
use super::{
    Activation, CheckedLayer, Conv2DConfig, DatasetSpec, ExperimentErrors, Field, LayerConfig, Loss, Padding, Place,
    Regularizer, Shape, thousands,
};

/// Layers that a network may have.
pub const MAX_LAYERS: usize = 32;
/// Trainable numbers that a network may have.
pub const MAX_PARAMS: usize = 8_000_000;
/// Numbers that all layers together may give for one sample.
pub const MAX_ACTIVATIONS: usize = 4_000_000;
/// Largest penalty factor: beyond it, numbers leave the range of `f32`.
pub const MAX_PENALTY: f64 = 1e6;

/// Follows shapes through the layers. One entry a layer, up to the first one behind which no shape is known.
pub fn trace(network: &[LayerConfig], input_shape: Shape) -> Vec<Result<CheckedLayer, ExperimentErrors>> {
    let mut shape = input_shape;
    let mut traced = Vec::new();
    for (layer_idx, config) in network.iter().take(MAX_LAYERS).enumerate() {
        let site = LayerSite { layer_idx, config };
        let mut errors = ValidationErrors::default();
        site.check_fields(&mut errors);
        let output_shape = site.check_shape(shape, &mut errors);
        let layer = output_shape.map(|output_shape| site.layer(network, shape, output_shape));
        traced.push(match layer {
            Some(layer) if errors.0.is_empty() => Ok(layer),
            _ => Err(ExperimentErrors(errors.0)),
        });
        match output_shape {
            Some(output_shape) => shape = output_shape,
            None => break,
        }
    }
    traced
}

/// Checks the network; all its layers if there is no mistake.
pub fn check_network(
    network: &[LayerConfig],
    data: &DatasetSpec,
    loss: Loss,
    errors: &mut ValidationErrors,
) -> Vec<CheckedLayer> {
    if network.is_empty() {
        errors.add(Place::Network, "at least one layer", "none");
        return vec![];
    }
    if network.len() > MAX_LAYERS {
        errors.add(Place::Network, format!("at most {MAX_LAYERS} layers"), thousands(network.len()));
        return vec![];
    }
    let traced = trace(network, data.input_shape);
    let (n_traced, mut layers) = (traced.len(), Vec::new());
    for layer in traced {
        match layer {
            Ok(layer) => layers.push(layer),
            Err(found) => errors.0.extend(found.0),
        }
    }
    for (layer_idx, config) in network.iter().enumerate().skip(n_traced) {
        LayerSite { layer_idx, config }.check_fields(errors);
    }
    if layers.len() == network.len() {
        check_sizes(&layers, errors);
        check_end(&layers, data, loss, errors);
    }
    layers
}

fn check_sizes(layers: &[CheckedLayer], errors: &mut ValidationErrors) {
    let n_params = layers.iter().fold(0, |sum: usize, layer| sum.saturating_add(layer.n_params()));
    let expected = format!("at most {} parameters", thousands(MAX_PARAMS));
    errors.require(n_params <= MAX_PARAMS, Place::Network, expected, thousands(n_params));
    let n_activations = layers.iter().fold(0, |sum: usize, layer| sum.saturating_add(layer.output_shape.size()));
    let expected = format!("at most {} activations per sample", thousands(MAX_ACTIVATIONS));
    errors.require(n_activations <= MAX_ACTIVATIONS, Place::Network, expected, thousands(n_activations));
}

/// The last layer against data and loss.
fn check_end(layers: &[CheckedLayer], data: &DatasetSpec, loss: Loss, errors: &mut ValidationErrors) {
    let Some((layer_idx, last)) = layers.iter().enumerate().next_back() else { return };
    let n_outputs = data.n_outputs;
    if last.output_shape != Shape::Vector(n_outputs) {
        if let LayerConfig::Dense(dense) = &last.config {
            let site = LayerSite { layer_idx, config: &last.config };
            let expected = format!("{n_outputs} in the last layer");
            errors.add(site.place(Field::Units), expected, thousands(dense.units));
        } else {
            let expected = format!("a vector of {n_outputs} at the end");
            errors.add(Place::Network, expected, last.output_shape);
        }
    }
    check_loss(loss, data, last.activation(), errors);
}

/// A layer and where it stands.
struct LayerSite<'a> {
    layer_idx: usize,
    config: &'a LayerConfig,
}

impl LayerSite<'_> {
    fn place(&self, field: Field) -> Place {
        Place::Layer { layer_idx: self.layer_idx, layer_type: self.config.type_name().to_owned(), field }
    }

    /// What can be said without knowing the input.
    fn check_fields(&self, errors: &mut ValidationErrors) {
        match self.config {
            LayerConfig::Dense(dense) => {
                errors.require_in(1..=4096, dense.units, self.place(Field::Units));
                self.check_regularizer(dense.kernel_regularizer, errors);
            }
            LayerConfig::Conv2D(conv) => {
                errors.require_in(1..=512, conv.filters, self.place(Field::Filters));
                self.check_pair(conv.kernel_size, Field::KernelSize, errors);
                self.check_pair(conv.strides, Field::Strides, errors);
                self.check_not_softmax(conv.activation, errors);
                self.check_regularizer(conv.kernel_regularizer, errors);
            }
            LayerConfig::MaxPooling2D(pooling) | LayerConfig::AveragePooling2D(pooling) => {
                self.check_pair(pooling.pool_size, Field::PoolSize, errors);
            }
            LayerConfig::Dropout(dropout) => errors.require(
                (0.0..1.0).contains(&dropout.rate),
                self.place(Field::Rate),
                "a number from 0 to below 1",
                dropout.rate,
            ),
            LayerConfig::Flatten | LayerConfig::Activation(_) => {}
        }
    }

    fn check_pair(&self, pair: [usize; 2], field: Field, errors: &mut ValidationErrors) {
        if pair.iter().any(|side| !(1..=28).contains(side)) {
            errors.add(self.place(field), "whole numbers from 1 to 28", sides(pair));
        }
    }

    fn check_not_softmax(&self, activation: Activation, errors: &mut ValidationErrors) {
        let is_right = activation != Activation::Softmax;
        errors.require(is_right, self.place(Field::Activation), "another function: softmax needs a vector", "softmax");
    }

    fn check_regularizer(&self, regularizer: Regularizer, errors: &mut ValidationErrors) {
        for (name, factor) in [("l1", regularizer.l1), ("l2", regularizer.l2)] {
            let expected = format!("a number from 0 to {} for {name}", thousands(MAX_PENALTY as usize));
            let is_right = (0.0..=MAX_PENALTY).contains(&factor);
            errors.require(is_right, self.place(Field::KernelRegularizer), expected, factor);
        }
    }

    /// What comes out, if the input fits and the fields that matter to it are right.
    fn check_shape(&self, input: Shape, errors: &mut ValidationErrors) -> Option<Shape> {
        match self.config {
            LayerConfig::Dense(dense) => match input {
                Shape::Vector(_) => (1..=4096).contains(&dense.units).then_some(Shape::Vector(dense.units)),
                Shape::Image { .. } => {
                    errors.add(self.place(Field::Input), "a vector: put a Flatten before it", input);
                    None
                }
            },
            LayerConfig::Conv2D(conv) => {
                let (height, width, _) = self.image(input, errors)?;
                if conv.padding == Padding::Valid {
                    self.check_window(conv.kernel_size, (height, width), Field::KernelSize, errors)?;
                }
                is_conv2d_in_range(conv).then(|| Shape::Image {
                    height: conv_output(height, conv.kernel_size[0], conv.strides[0], conv.padding),
                    width: conv_output(width, conv.kernel_size[1], conv.strides[1], conv.padding),
                    channels: conv.filters,
                })
            }
            LayerConfig::MaxPooling2D(pooling) | LayerConfig::AveragePooling2D(pooling) => {
                let (height, width, channels) = self.image(input, errors)?;
                let [pool_h, pool_w] = pooling.pool_size;
                self.check_window(pooling.pool_size, (height, width), Field::PoolSize, errors)?;
                (pool_h > 0 && pool_w > 0).then(|| Shape::Image {
                    height: height / pool_h,
                    width: width / pool_w,
                    channels,
                })
            }
            LayerConfig::Flatten => Some(Shape::Vector(input.size())),
            LayerConfig::Dropout(_) => Some(input),
            LayerConfig::Activation(config) => {
                if matches!(input, Shape::Image { .. }) {
                    self.check_not_softmax(config.activation, errors);
                }
                Some(input)
            }
        }
    }

    fn image(&self, input: Shape, errors: &mut ValidationErrors) -> Option<(usize, usize, usize)> {
        match input {
            Shape::Image { height, width, channels } => Some((height, width, channels)),
            Shape::Vector(_) => {
                let got = format!("a vector of {}", thousands(input.size()));
                errors.add(self.place(Field::Input), "an image (height×width×channels)", got);
                None
            }
        }
    }

    fn check_window(
        &self,
        window: [usize; 2],
        input: (usize, usize),
        field: Field,
        errors: &mut ValidationErrors,
    ) -> Option<()> {
        let fits = window[0] <= input.0 && window[1] <= input.1;
        // A window beyond all bounds has been named already.
        if !fits && window.iter().all(|side| (1..=28).contains(side)) {
            errors.add(self.place(field), format!("at most the input's {}×{}", input.0, input.1), sides(window));
        }
        fits.then_some(())
    }

    fn layer(&self, network: &[LayerConfig], input_shape: Shape, output_shape: Shape) -> CheckedLayer {
        let n_outputs = output_shape.dims()[2];
        let (n_kernel, n_bias) = match self.config {
            LayerConfig::Dense(_) => (input_shape.size().saturating_mul(n_outputs), n_outputs),
            LayerConfig::Conv2D(conv) => {
                let patch = conv.kernel_size[0] * conv.kernel_size[1];
                (patch.saturating_mul(input_shape.dims()[2]).saturating_mul(n_outputs), n_outputs)
            }
            _ => (0, 0),
        };
        let stem = self.config.name_stem();
        let n_before = network[..self.layer_idx].iter().filter(|config| config.name_stem() == stem).count();
        let name = if n_before == 0 { stem.to_owned() } else { format!("{stem}_{n_before}") };
        CheckedLayer { name, config: self.config.clone(), input_shape, output_shape, n_kernel, n_bias }
    }
}

fn is_conv2d_in_range(conv: &Conv2DConfig) -> bool {
    (1..=512).contains(&conv.filters)
        && conv.kernel_size.iter().chain(&conv.strides).all(|side| (1..=28).contains(side))
}

fn conv_output(input: usize, kernel: usize, stride: usize, padding: Padding) -> usize {
    match padding {
        Padding::Valid => (input - kernel) / stride + 1,
        Padding::Same => input.div_ceil(stride),
    }
}

fn sides([height, width]: [usize; 2]) -> String {
    format!("{}×{}", thousands(height), thousands(width))
}
