//! Layers one by one: their fields, and the shapes that pass through them.

use super::check_training::check_loss;
use super::validation_errors::ValidationErrors;
use super::{CheckedLayer, DatasetSpec, ExperimentErrors, Field, LayerConfig, Loss, Place, Shape, thousands};
use crate::data::SHARD_SIZE;
use crate::layers::LayerErrors;

/// Layers that a network may have.
pub const MAX_LAYERS: usize = 32;
/// Numbers that a network may keep.
pub const MAX_PARAMS: usize = 8_000_000;
/// Numbers that all layers together may give for one sample.
pub const MAX_ACTIVATIONS: usize = 4_000_000;

/// Numbers that a batch may take while it passes through a network that needs statistics of it: 512 MB.
const MAX_BATCH_NUMBERS: usize = 128 << 20;

/// Checks that all shards of a batch can pass through the layers at once, if one of them normalizes batches.
pub fn check_batch_fits(layers: &[CheckedLayer], batch_size: usize, errors: &mut ValidationErrors) {
    if layers.iter().all(|layer| layer.n_normalized == 0) {
        return;
    }
    let sum = |of: fn(&CheckedLayer) -> usize| layers.iter().map(of).fold(0, usize::saturating_add);
    // Outputs with their scratch, gradients and packed weights.
    let per_shard = sum(|layer| layer.output_shape.size())
        .saturating_mul(2 * SHARD_SIZE)
        .saturating_add(sum(CheckedLayer::n_params).saturating_mul(2));
    let most = (MAX_BATCH_NUMBERS / per_shard.max(1)).max(1).saturating_mul(SHARD_SIZE);
    let expected = format!("at most {} with BatchNormalization in this network", thousands(most));
    errors.require(batch_size <= most, Place::Training(Field::BatchSize), expected, thousands(batch_size));
}

/// Follows shapes through the layers. One entry per layer, up to the first one after which no shape is known.
pub fn trace(network: &[LayerConfig], input_shape: Shape) -> Vec<Result<CheckedLayer, ExperimentErrors>> {
    let mut shape = input_shape;
    let mut traced = Vec::new();
    for (layer_idx, config) in network.iter().take(MAX_LAYERS).enumerate() {
        let mut errors = ValidationErrors::default();
        check_fields(layer_idx, config, &mut errors);
        let mut layer_errors = LayerErrors::new(&mut errors, layer_idx, config.type_name());
        let output_shape = config.kind().output_shape(shape, &mut layer_errors);
        let layer = output_shape.map(|output_shape| checked_layer(network, layer_idx, shape, output_shape));
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

/// What can be said of a layer without knowing its input.
fn check_fields(layer_idx: usize, config: &LayerConfig, errors: &mut ValidationErrors) {
    // Fields come with the places of their values, so that editors can change them.
    let mut config = config.clone();
    let layer_type = config.type_name();
    LayerErrors::new(errors, layer_idx, layer_type).add_fields(&config.fields());
}

/// A layer whose shapes are known.
pub(crate) fn checked_layer(
    network: &[LayerConfig],
    layer_idx: usize,
    input_shape: Shape,
    output_shape: Shape,
) -> CheckedLayer {
    let config = &network[layer_idx];
    let params = config.kind().params(input_shape);
    let [n_kernel, n_bias, n_normalized] =
        params.map_or([0; 3], |params| [params.n_kernel(), params.n_bias, params.n_normalized]);
    let stem = config.kind().name_stem();
    let n_before = network[..layer_idx].iter().filter(|config| config.kind().name_stem() == stem).count();
    let name = if n_before == 0 { stem.to_owned() } else { format!("{stem}_{n_before}") };
    CheckedLayer { name, config: config.clone(), input_shape, output_shape, n_kernel, n_bias, n_normalized }
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
        check_fields(layer_idx, config, errors);
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
            let expected = format!("{n_outputs} in the last layer");
            let mut errors = LayerErrors::new(errors, layer_idx, last.config.type_name());
            errors.add("units", expected, thousands(dense.units));
        } else {
            let expected = format!("a vector of {n_outputs} at the end");
            errors.add(Place::Network, expected, last.output_shape);
        }
    }
    check_loss(loss, data, last.activation(), errors);
}
