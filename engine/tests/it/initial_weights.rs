//! The distributions that weights are drawn from: their limits, variances and shapes.
//!
//! Both layers have unequal fans, so that `fan_in`, `fan_out` and their sum give figures that differ by far more than
//! the sampling error.

use crate::subjects::{conv2d, dense, plane_experiment, small_cnn};
use inkling_engine::experiment::{Activation, Experiment, Initializer, LayerConfig, PlaneDataset};
use inkling_engine::model::Model;

/// Standard deviation of a standard normal variable that is cut off at ±2.
const TRUNCATED_DEVIATION: f64 = 0.879_625_661;

/// A layer with its fans as Keras counts them.
struct Subject {
    experiment: Experiment,
    layer_idx: usize,
    fan_in: f64,
    fan_out: f64,
}

/// Dense 784 → 60 and Conv2D 3×5 with 8 channels → 40 filters, initialized by `initializer`.
fn subjects(initializer: Initializer) -> [Subject; 2] {
    let mut mlp = small_cnn(100);
    mlp.network = vec![LayerConfig::FLATTEN, dense(60, Activation::Relu), dense(10, Activation::Softmax)];
    let mut cnn = small_cnn(100);
    cnn.network = vec![
        conv2d(8, [3, 3], Activation::Relu),
        conv2d(40, [3, 5], Activation::Relu),
        LayerConfig::FLATTEN,
        dense(10, Activation::Softmax),
    ];
    for experiment in [&mut mlp, &mut cnn] {
        set_initializer(&mut experiment.network, initializer);
    }
    let patch = 3.0 * 5.0;
    [
        Subject { experiment: mlp, layer_idx: 1, fan_in: 784.0, fan_out: 60.0 },
        Subject { experiment: cnn, layer_idx: 1, fan_in: patch * 8.0, fan_out: patch * 40.0 },
    ]
}

fn set_initializer(network: &mut [LayerConfig], initializer: Initializer) {
    for layer in network {
        match layer {
            LayerConfig::Dense(config) => config.kernel_initializer = initializer,
            LayerConfig::Conv2D(config) => config.kernel_initializer = initializer,
            _ => {}
        }
    }
}

/// Kernel and bias of a layer of the network that `experiment` begins with.
fn params(experiment: &Experiment, layer_idx: usize) -> (Vec<f64>, Vec<f64>) {
    let model = Model::new(&experiment.check().unwrap());
    let range = model.param_ranges()[layer_idx];
    let values = |range: std::ops::Range<usize>| model.weights()[range].iter().map(|&w| f64::from(w)).collect();
    (values(range.kernel()), values(range.bias()))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let mean = mean(values);
    values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0, |largest, value| value.abs().max(largest))
}

/// Uniform in ±limit: no draw beyond, some close to it, and the variance `limit²/3` within five standard errors.
#[track_caller]
fn assert_uniform(values: &[f64], limit: f64) {
    let n = values.len() as f64;
    assert!(largest(values) <= limit * (1.0 + 1e-6), "{} is beyond ±{limit}", largest(values));
    assert!(largest(values) > limit * (1.0 - 20.0 / n), "{} of ±{limit} is reached", largest(values));
    let expected = limit * limit / 3.0;
    // The kurtosis of a uniform variable is 1.8.
    let tolerance = 5.0 * (0.8 / n).sqrt();
    assert!((variance(values) / expected - 1.0).abs() < tolerance, "variance {} for {expected}", variance(values));
    assert!(mean(values).abs() < 5.0 * (expected / n).sqrt(), "mean {}", mean(values));
}

/// A normal variable cut off at two of its deviations and scaled back to the given deviation.
#[track_caller]
fn assert_truncated_normal(values: &[f64], deviation: f64) {
    let n = values.len() as f64;
    let before_cut = deviation / TRUNCATED_DEVIATION;
    assert!(largest(values) <= 2.0 * before_cut * (1.0 + 1e-6), "{} is not cut off", largest(values));
    assert!(largest(values) > 1.9 * before_cut, "{} of {}", largest(values), 2.0 * before_cut);
    let expected = deviation * deviation;
    let tolerance = 5.0 * (1.2 / n).sqrt();
    assert!((variance(values) / expected - 1.0).abs() < tolerance, "variance {} for {expected}", variance(values));
    assert!(mean(values).abs() < 5.0 * (expected / n).sqrt(), "mean {}", mean(values));
    // 68.27 % of 95.45 %: a uniform variable of this variance has 64 % there.
    let share = values.iter().filter(|value| value.abs() < before_cut).count() as f64 / n;
    assert!((share - 0.7153).abs() < 5.0 * (0.2036 / n).sqrt(), "{share} lie within one deviation");
}

#[test]
fn glorot_uniform_spreads_by_the_sum_of_the_fans() {
    for Subject { experiment, layer_idx, fan_in, fan_out } in subjects(Initializer::GlorotUniform) {
        let (kernel, bias) = params(&experiment, layer_idx);
        assert_uniform(&kernel, (6.0 / (fan_in + fan_out)).sqrt());
        assert_eq!(largest(&bias), 0.0);
    }
}

#[test]
fn he_uniform_spreads_by_the_fan_in() {
    for Subject { experiment, layer_idx, fan_in, .. } in subjects(Initializer::HeUniform) {
        let (kernel, bias) = params(&experiment, layer_idx);
        assert_uniform(&kernel, (6.0 / fan_in).sqrt());
        assert_eq!(largest(&bias), 0.0);
    }
}

#[test]
fn glorot_normal_is_truncated_and_keeps_its_variance() {
    for Subject { experiment, layer_idx, fan_in, fan_out } in subjects(Initializer::GlorotNormal) {
        let (kernel, bias) = params(&experiment, layer_idx);
        assert_truncated_normal(&kernel, (2.0 / (fan_in + fan_out)).sqrt());
        assert_eq!(largest(&bias), 0.0);
    }
}

#[test]
fn he_normal_is_truncated_and_keeps_its_variance() {
    for Subject { experiment, layer_idx, fan_in, .. } in subjects(Initializer::HeNormal) {
        let (kernel, bias) = params(&experiment, layer_idx);
        assert_truncated_normal(&kernel, (2.0 / fan_in).sqrt());
        assert_eq!(largest(&bias), 0.0);
    }
}

#[test]
fn scikit_learn_draws_the_bias_from_the_limit_of_the_kernel() {
    for Subject { experiment, layer_idx, fan_in, fan_out } in subjects(Initializer::ScikitLearn) {
        let (kernel, bias) = params(&experiment, layer_idx);
        let limit = (6.0 / (fan_in + fan_out)).sqrt();
        assert_uniform(&kernel, limit);
        assert!(largest(&bias) <= limit && largest(&bias) > 0.8 * limit, "{} of {limit}", largest(&bias));
        assert!(bias.iter().any(|&b| b < 0.0) && bias.iter().any(|&b| b > 0.0));
    }
}

#[test]
fn scikit_learn_takes_a_factor_of_two_for_all_layers_of_a_logistic_network() {
    let limit = |hidden, output| {
        let mut experiment = small_cnn(100);
        experiment.network = vec![LayerConfig::FLATTEN, dense(60, hidden), dense(10, output)];
        set_initializer(&mut experiment.network, Initializer::ScikitLearn);
        [1, 2].map(|layer_idx| params(&experiment, layer_idx).0)
    };
    for (hidden, factor) in [(Activation::Sigmoid, 2.0_f64), (Activation::Tanh, 6.0), (Activation::Relu, 6.0)] {
        let [first, last] = limit(hidden, Activation::Softmax);
        assert_uniform(&first, (factor / 844.0).sqrt());
        assert_uniform(&last, (factor / 70.0).sqrt());
    }
    // A sigmoid at the output alone does not make a network logistic.
    let mut experiment = plane_experiment(PlaneDataset::Gauss);
    experiment.network = vec![dense(200, Activation::Tanh), dense(1, Activation::Sigmoid)];
    set_initializer(&mut experiment.network, Initializer::ScikitLearn);
    experiment.training.loss = inkling_engine::experiment::Loss::BinaryCrossentropy;
    assert_uniform(&params(&experiment, 0).0, (6.0_f64 / 202.0).sqrt());
}

#[test]
fn zeros_are_zeros() {
    for Subject { experiment, layer_idx, .. } in subjects(Initializer::Zeros) {
        let (kernel, bias) = params(&experiment, layer_idx);
        assert_eq!((largest(&kernel), largest(&bias)), (0.0, 0.0));
    }
}

#[test]
fn layers_and_seeds_draw_numbers_of_their_own() {
    let mut experiment = plane_experiment(PlaneDataset::Gauss);
    experiment.network = vec![
        dense(2, Activation::Tanh),
        dense(2, Activation::Tanh),
        dense(2, Activation::Tanh),
        dense(1, Activation::Tanh),
    ];
    let kernels = [0, 1, 2].map(|layer_idx| params(&experiment, layer_idx).0);
    assert!(kernels[0] != kernels[1] && kernels[1] != kernels[2] && kernels[0] != kernels[2]);
    experiment.seed += 1;
    assert_ne!(params(&experiment, 0).0, kernels[0]);
    experiment.seed -= 1;
    assert_eq!(params(&experiment, 0).0, kernels[0]);
}
