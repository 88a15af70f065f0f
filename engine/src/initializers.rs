//! How weights begin.

use crate::experiment::{Activation, CheckedLayer, Initializer};
use crate::layers::ParamRange;
use crate::random::{Key, Purpose, Stream};

/// Standard deviation of a standard normal cut off at ±2: draws are divided by it to have the wanted variance.
const TRUNCATED_DEVIATION: f64 = 0.879_625_661_034_239_8;

/// Each bias at the beginning in TensorFlow Playground.
const PLAYGROUND_BIAS: f32 = 0.1;

/// Gives all layers their first weights, which lie in one array at `params`.
pub fn initialize(layers: &[CheckedLayer], params: &[ParamRange], seed: u64, weights: &mut [f32]) {
    for (layer_idx, range) in params.iter().enumerate() {
        let (kernel, bias) = weights[range.start..range.bias().end].split_at_mut(range.n_kernel);
        initialize_layer(layers, layer_idx, seed, kernel, bias);
        // A normalization begins as if each channel had mean 0 and variance 1, and hands that on.
        let ([gamma, beta], [mean, variance]) = (range.scale_and_shift(), range.moving());
        for (range, begin) in [(gamma, 1.0), (beta, 0.0), (mean, 0.0), (variance, 1.0)] {
            weights[range].fill(begin);
        }
    }
}

/// Overwrites kernel and bias of the layer at `layer_idx` by what `seed` gives them.
fn initialize_layer(layers: &[CheckedLayer], layer_idx: usize, seed: u64, kernel: &mut [f32], bias: &mut [f32]) {
    let layer = &layers[layer_idx];
    let kind = layer.config.kind();
    let (Some(initializer), Some(params)) = (kind.kernel_initializer(), kind.params(layer.input_shape)) else { return };
    let [fan_in, fan_out] = params.fans.map(|fan| fan as f64);
    let mut random = Key::new(seed, Purpose::Weights).with(layer_idx as u64).stream();
    bias.fill(0.0);
    match initializer {
        Initializer::GlorotUniform => fill_uniform(kernel, uniform_limit(6.0, fan_in + fan_out), &mut random),
        Initializer::HeUniform => fill_uniform(kernel, uniform_limit(6.0, fan_in), &mut random),
        Initializer::GlorotNormal => fill_normal(kernel, (2.0 / (fan_in + fan_out)).sqrt(), &mut random),
        Initializer::HeNormal => fill_normal(kernel, (2.0 / fan_in).sqrt(), &mut random),
        Initializer::ScikitLearn => {
            let limit = uniform_limit(scikit_learn_factor(layers), fan_in + fan_out);
            fill_uniform(kernel, limit, &mut random);
            fill_uniform(bias, limit, &mut random);
        }
        Initializer::Playground => {
            fill_uniform(kernel, 0.5, &mut random);
            bias.fill(PLAYGROUND_BIAS);
        }
        Initializer::Zeros => kernel.fill(0.0),
    }
}

/// `sqrt(factor / fans)`.
#[must_use]
pub fn uniform_limit(factor: f64, fans: f64) -> f64 {
    (factor / fans).sqrt()
}

/// scikit-learn's factor for all layers: 2 if the hidden activation is sigmoid ("logistic"), else 6.
#[must_use]
pub fn scikit_learn_factor(layers: &[CheckedLayer]) -> f64 {
    let hidden = &layers[..layers.len().saturating_sub(1)];
    let is_logistic = hidden.iter().any(|layer| layer.activation() == Some(Activation::Sigmoid));
    if is_logistic { 2.0 } else { 6.0 }
}

fn fill_uniform(values: &mut [f32], limit: f64, random: &mut Stream) {
    values.iter_mut().for_each(|value| *value = random.uniform(-limit, limit) as f32);
}

fn fill_normal(values: &mut [f32], deviation: f64, random: &mut Stream) {
    for value in values {
        let mut draw = random.normal();
        while draw.abs() > 2.0 {
            draw = random.normal();
        }
        *value = (draw * deviation / TRUNCATED_DEVIATION) as f32;
    }
}
