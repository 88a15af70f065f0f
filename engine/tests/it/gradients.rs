//! Gradients against finite differences: random small networks of every layer, with every loss.
//!
//! The loss along a random direction of one kernel, bias or input is compared with the gradient along it. Numbers are
//! `f32`, so steps are large; a kink of relu or of a maximum may lie within the step, then a shorter one or one to the
//! other side must do. The tolerance of a slope is the rounding error of the loss plus a share of the gradient, so a
//! gradient of zero instead of a small one is noticed. The cases are random but the same each time.

use inkling_engine::data::{Shard, ShardHeader};
use inkling_engine::experiment::{
    Activation, ActivationConfig, AveragePooling2DConfig, BatchNormalizationConfig, Conv2DConfig, DatasetSpec,
    DenseConfig, DropoutConfig, Initializer, LayerConfig, Loss, MaxPooling2DConfig, Padding, Preset, Regularization,
    Regularizer, Shape,
};
use inkling_engine::layers::LayerFamily;
use inkling_engine::model::{Model, Target, Workspace};
use inkling_engine::random::{Key, Purpose, Stream};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::ops::Range;

/// Lengths of a step; one of them must give the gradient.
const STEPS: [f64; 3] = [4e-3, 1e-3, 3e-4];
/// Share of the gradient that a slope may be off by: the loss is curved.
const CURVATURE: f64 = 4e-3;
/// Rounding errors of a value, as a share of its size.
const ROUNDING: f64 = 5e-8;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// A network, and samples for it.
struct Subject {
    model: Model,
    workspace: Workspace,
    head: ShardHeader,
    bytes: Vec<u8>,
}

impl Subject {
    fn new(network: Vec<LayerConfig>, input_shape: Shape, loss: Loss, n_samples: usize, seed: u64) -> Subject {
        let mut random = Key::new(seed, Purpose::Plane).stream();
        let n_outputs = match network.last() {
            Some(LayerConfig::Dense(dense)) => dense.units,
            other => panic!("a Dense comes last, not {other:?}"),
        };
        let mut experiment = Preset::Empty.experiment();
        experiment.network = network;
        experiment.training.loss = loss;
        experiment.training.regularization = Regularization::NONE;
        experiment.seed = seed;
        let outline = DatasetSpec::new(input_shape, 100, n_outputs);
        let checked = experiment.check_on(&outline).unwrap();
        let mut model = Model::new(&checked);
        // Non-zero biases, so that their effect is tested.
        model.weights_mut().iter_mut().for_each(|weight| *weight += 0.2 * random.uniform(-1.0, 1.0) as f32);
        let is_labelled = loss == Loss::CategoricalCrossentropy;
        let head = ShardHeader {
            n_samples,
            input_len: input_shape.size(),
            is_pixels: false,
            n_values: (!is_labelled).then_some(n_outputs),
            epoch: 3,
            first: 50,
        };
        let mut bytes = vec![];
        let inputs = (0..n_samples * input_shape.size()).map(|_| random.uniform(-1.0, 1.0) as f32);
        bytes.extend(inputs.flat_map(f32::to_le_bytes));
        for _ in 0..n_samples {
            if is_labelled {
                bytes.push(random.below(n_outputs) as u8);
            } else {
                bytes.extend((0..n_outputs).flat_map(|_| (random.unit() as f32).to_le_bytes()));
            }
        }
        let workspace = Workspace::new(&model);
        Subject { model, workspace, head, bytes }
    }

    fn loss(&mut self) -> (f64, Vec<f32>) {
        let mut gradients = vec![f32::NAN; self.model.n_params()];
        let shard = Shard::from_parts(self.head, &self.bytes);
        let result = self.model.shard_gradient(&mut self.workspace, &shard, &mut gradients);
        assert_eq!(result.n_samples as usize, self.head.n_samples);
        (result.loss_sum, gradients)
    }

    /// Along a random direction of every kernel and bias.
    fn check_weights(&mut self, seed: u64) -> Result<(), TestCaseError> {
        let (_, gradients) = self.loss();
        prop_assert!(gradients.iter().all(|gradient| gradient.is_finite()), "some gradients were not written");
        for (range, direction, slopes) in self.weight_slopes(seed) {
            let along = dot(&gradients[range.clone()], &direction);
            self.check_close(along, slopes, &format!("weights {range:?}"))?;
        }
        Ok(())
    }

    /// Range, direction and measured slopes of every kernel and bias.
    fn weight_slopes(&mut self, seed: u64) -> Vec<(Range<usize>, Vec<f64>, Slopes)> {
        let mut measured = vec![];
        let weights = self.model.weights().to_vec();
        let ranges: Vec<_> =
            self.model.param_ranges().iter().flat_map(|params| params.arrays().map(|array| array.range)).collect();
        for range in ranges.into_iter().filter(|range| !range.is_empty()) {
            let direction = direction(range.len(), &mut Key::new(seed, Purpose::Weights).stream());
            let mut loss_at = |step: f64| {
                let moved = self.model.weights_mut();
                moved.copy_from_slice(&weights);
                let pairs = moved[range.clone()].iter_mut().zip(&direction);
                pairs.for_each(|(weight, part)| *weight += (step * part) as f32);
                self.loss().0
            };
            let slopes = Slopes::of(&mut loss_at);
            self.model.set_weights(&weights);
            measured.push((range, direction, slopes));
        }
        measured
    }

    /// Along a random direction of the first sample's input.
    fn check_input(&mut self, output_idx: usize, seed: u64) -> Result<(), TestCaseError> {
        let (words, _) = self.bytes.as_chunks::<4>();
        let x: Vec<f32> = words[..self.head.input_len].iter().map(|word| f32::from_le_bytes(*word)).collect();
        let gradient = self.model.input_gradient(&mut self.workspace, &x, output_idx);
        let direction = direction(x.len(), &mut Key::new(seed, Purpose::Order).stream());
        let mut logit_at = |step: f64| {
            let moved: Vec<f32> = x.iter().zip(&direction).map(|(x, part)| x + (step * part) as f32).collect();
            f64::from(self.model.logits(&mut self.workspace, &moved)[[0, output_idx]])
        };
        let slopes = Slopes::of(&mut logit_at);
        self.check_close(dot(gradient.as_slice().unwrap(), &direction), slopes, "input")
    }

    fn check_close(&self, along: f64, slopes: Slopes, what: &str) -> Result<(), TestCaseError> {
        let layers: Vec<_> = self.model.layers().iter().map(|layer| &layer.config).collect();
        prop_assert!(
            slopes.are_of(along),
            "{what}: gradient {along}, slopes {slopes:?} in {layers:?} with {:?}",
            self.model.loss()
        );
        Ok(())
    }
}

/// Slopes of a value at a point.
#[derive(Debug)]
struct Slopes {
    /// The value itself.
    at: f64,
    /// By each step: after, across and before the point.
    by_step: [[f64; 3]; 3],
}

impl Slopes {
    fn of(value_at: &mut impl FnMut(f64) -> f64) -> Slopes {
        let at = value_at(0.0);
        let by_step = STEPS.map(|step| {
            let (before, after) = (value_at(-step), value_at(step));
            [(after - at) / step, (after - before) / (2.0 * step), (at - before) / step]
        });
        Slopes { at, by_step }
    }

    /// Whether one of them is `gradient`.
    fn are_of(&self, gradient: f64) -> bool {
        STEPS.iter().zip(self.by_step).any(|(step, slopes)| {
            let tolerance = CURVATURE * gradient.abs() + ROUNDING * (1.0 + self.at.abs()) / step;
            slopes.iter().any(|slope| (gradient - slope).abs() <= tolerance)
        })
    }
}

#[test]
fn a_wrong_small_gradient_is_noticed() {
    let slopes = Slopes::of(&mut |step: f64| 1.0 + 0.001 * step);
    assert!(slopes.are_of(0.001));
    for wrong in [0.0, 0.0005, 0.002, -0.001] {
        assert!(!slopes.are_of(wrong), "{wrong} for 0.001");
    }
}

/// Damages the gradients of real networks, one kernel or bias at a time.
#[test]
fn a_zeroed_halved_or_negated_gradient_is_noticed() {
    let max_pooling = LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([2, 2]));
    let conv2d = |activation| LayerConfig::Conv2D(Conv2DConfig::new(3, [3, 3]).activation(activation));
    let end = dense(3, Activation::Softmax);
    let networks = [
        vec![LayerConfig::FLATTEN, dense(6, Activation::Relu), dense(5, Activation::Tanh), end.clone()],
        vec![conv2d(Activation::Relu), max_pooling, LayerConfig::FLATTEN, end],
    ];
    let shape = Shape::Image { height: 6, width: 6, channels: 2 };
    let (mut n_measured, mut n_noticed) = (0, [0; 3]);
    for seed in 0..20 {
        for network in &networks {
            let mut subject = Subject::new(network.clone(), shape, Loss::CategoricalCrossentropy, 4, seed);
            let (_, gradients) = subject.loss();
            for (range, direction, slopes) in subject.weight_slopes(seed) {
                let along = dot(&gradients[range.clone()], &direction);
                assert!(slopes.are_of(along), "seed {seed}, weights {range:?}: gradient {along}, {slopes:?}");
                n_measured += 1;
                for (n_noticed, factor) in n_noticed.iter_mut().zip([0.0, 0.5, -1.0]) {
                    let damaged: Vec<f32> = gradients[range.clone()].iter().map(|it| it * factor).collect();
                    *n_noticed += usize::from(!slopes.are_of(dot(&damaged, &direction)));
                }
            }
        }
    }
    assert_eq!(n_measured, 20 * (6 + 4));
    // The loss may hardly change along a direction; damage does not show there.
    assert!(n_noticed.iter().all(|n| n * 100 >= n_measured * 95), "noticed {n_noticed:?} of {n_measured}");
}

/// A random direction of length 1.
fn direction(len: usize, random: &mut Stream) -> Vec<f64> {
    let parts: Vec<f64> = (0..len).map(|_| random.normal()).collect();
    let length = parts.iter().map(|part| part * part).sum::<f64>().sqrt();
    parts.into_iter().map(|part| part / length).collect()
}

fn dot(gradients: &[f32], direction: &[f64]) -> f64 {
    gradients.iter().zip(direction).map(|(gradient, part)| f64::from(*gradient) * part).sum()
}

fn activation() -> impl Strategy<Value = Activation> {
    prop_oneof![
        Just(Activation::Linear),
        Just(Activation::Relu),
        Just(Activation::LeakyRelu),
        Just(Activation::Elu),
        Just(Activation::Tanh),
        Just(Activation::Sigmoid)
    ]
}

/// A loss with a last activation and a count of outputs that fit it.
fn end() -> impl Strategy<Value = (Loss, Activation, usize)> {
    prop_oneof![
        (2..6_usize).prop_map(|n| (Loss::CategoricalCrossentropy, Activation::Softmax, n)),
        (1..4_usize).prop_map(|n| (Loss::BinaryCrossentropy, Activation::Sigmoid, n)),
        (activation(), 1..4_usize).prop_map(|(activation, n)| (Loss::MeanSquaredError, activation, n)),
        (activation(), 1..4_usize).prop_map(|(activation, n)| (Loss::HalfSquaredError, activation, n)),
        (2..5_usize).prop_map(|n| (Loss::MeanSquaredError, Activation::Softmax, n)),
    ]
}

fn dense(units: usize, activation: Activation) -> LayerConfig {
    LayerConfig::Dense(DenseConfig {
        units,
        activation,
        kernel_initializer: Initializer::HeNormal,
        kernel_regularizer: Regularizer::default(),
    })
}

prop_compose! {
    fn conv2d()(
        filters in 1..7_usize,
        kernel_size in [1..4_usize, 1..4_usize],
        strides in [1..3_usize, 1..3_usize],
        is_same: bool,
        activation in activation(),
    ) -> LayerConfig {
        LayerConfig::Conv2D(Conv2DConfig {
            filters,
            kernel_size,
            strides,
            padding: if is_same { Padding::Same } else { Padding::Valid },
            activation,
            kernel_initializer: Initializer::GlorotNormal,
            kernel_regularizer: Regularizer::default(),
        })
    }
}

fn pooling() -> impl Strategy<Value = LayerConfig> {
    let sides = || [1..3_usize, 1..3_usize];
    prop_oneof![
        Just(LayerConfig::MaxPooling2D(MaxPooling2DConfig::new([2, 2]))),
        sides().prop_map(|pool_size| LayerConfig::MaxPooling2D(MaxPooling2DConfig::new(pool_size))),
        sides().prop_map(|pool_size| LayerConfig::AveragePooling2D(AveragePooling2DConfig::new(pool_size))),
    ]
}

/// A pooling of any kind as the menu adds it, those whose output is a vector too.
fn last_pooling() -> impl Strategy<Value = LayerConfig> {
    let is_pooling = |layer: &LayerConfig| layer.kind().family() == LayerFamily::Pooling;
    prop::sample::select(LayerConfig::all().into_iter().filter(is_pooling).collect::<Vec<_>>())
}

fn between() -> impl Strategy<Value = LayerConfig> {
    prop_oneof![
        (0.0..0.8_f64).prop_map(|rate| LayerConfig::Dropout(DropoutConfig { rate })),
        activation().prop_map(|activation| LayerConfig::Activation(ActivationConfig { activation })),
        Just(LayerConfig::FLATTEN),
    ]
}

/// With an epsilon so large that the loss is not too curved for the steps.
fn normalization() -> impl Strategy<Value = LayerConfig> {
    (0.05..1.0_f64)
        .prop_map(|epsilon| LayerConfig::BatchNormalization(BatchNormalizationConfig { momentum: 0.9, epsilon }))
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn normalized_networks_have_the_gradients_of_their_loss(
        (height, width, channels) in (3..6_usize, 3..6_usize, 1..4_usize),
        first in prop::option::of(normalization()),
        filters in 1..6_usize,
        activation in activation(),
        (between, last_between) in (normalization(), normalization()),
        units in 1..8_usize,
        (loss, last, n_outputs) in end(),
        n_samples in 3..9_usize,
        seed in 0..1_000_000_u64,
    ) {
        let conv2d = LayerConfig::Conv2D(Conv2DConfig::new(filters, [2, 2]));
        let mut network: Vec<_> = first.into_iter().collect();
        network.extend([conv2d, between, LayerConfig::Activation(ActivationConfig { activation })]);
        network.extend([LayerConfig::FLATTEN, dense(units, Activation::Tanh), last_between, dense(n_outputs, last)]);
        let input_shape = Shape::Image { height, width, channels };
        let mut subject = Subject::new(network, input_shape, loss, n_samples, seed);
        subject.check_weights(seed)?;
        subject.check_input(n_outputs - 1, seed)?;
    }

    #[test]
    fn dense_networks_have_the_gradients_of_their_loss(
        inputs in 1..12_usize,
        hidden in prop::collection::vec((1..9_usize, activation()), 0..3),
        between in between(),
        (loss, last, n_outputs) in end(),
        n_samples in 1..7_usize,
        seed in 0..1_000_000_u64,
    ) {
        let mut network: Vec<_> = hidden.into_iter().map(|(units, activation)| dense(units, activation)).collect();
        network.push(between);
        network.push(dense(n_outputs, last));
        let mut subject = Subject::new(network, Shape::Vector(inputs), loss, n_samples, seed);
        subject.check_weights(seed)?;
        subject.check_input(n_outputs - 1, seed)?;
    }

    #[test]
    fn convolutional_networks_have_the_gradients_of_their_loss(
        (height, width, channels) in (5..9_usize, 5..9_usize, 1..4_usize),
        first in conv2d(),
        pooling in prop::option::of(pooling()),
        second in prop::option::of(conv2d()),
        between in prop::option::of(between().prop_filter("an image", |it| *it != LayerConfig::FLATTEN)),
        last_pooling in prop::option::of(last_pooling()),
        (loss, last, n_outputs) in end(),
        n_samples in 1..5_usize,
        seed in 0..1_000_000_u64,
    ) {
        let mut network = vec![first];
        network.extend(pooling);
        network.extend(second);
        network.extend(between);
        network.extend(last_pooling);
        network.extend([LayerConfig::FLATTEN, dense(n_outputs, last)]);
        let input_shape = Shape::Image { height, width, channels };
        // Some kernels and windows are larger than what is left of the image.
        let mut probe = Preset::Empty.experiment();
        probe.network = network.clone();
        probe.training.loss = loss;
        let outline = DatasetSpec::new(input_shape, 100, n_outputs);
        prop_assume!(probe.check_on(&outline).is_ok());
        let mut subject = Subject::new(network, input_shape, loss, n_samples, seed);
        subject.check_weights(seed)?;
        subject.check_input(n_outputs - 1, seed)?;
    }
}

/// On mostly zero input of many numbers the Dense layer takes another way.
#[test]
fn sparse_input_has_the_same_gradients() {
    let network = vec![LayerConfig::FLATTEN, dense(7, Activation::Tanh), dense(3, Activation::Softmax)];
    let shape = Shape::Image { height: 28, width: 28, channels: 1 };
    let mut subject = Subject::new(network, shape, Loss::CategoricalCrossentropy, 5, 4);
    for (word_idx, word) in subject.bytes[..5 * 784 * 4].chunks_exact_mut(4).enumerate() {
        if word_idx % 5 != 0 {
            word.fill(0);
        }
    }
    subject.check_weights(1).unwrap();
    subject.check_input(2, 1).unwrap();
}

/// With a Flatten first, the gradient of its output is the one of the input; at the end it is probabilities minus
/// the target.
#[test]
fn activation_gradients_are_those_of_the_loss() {
    let network = vec![LayerConfig::FLATTEN, dense(6, Activation::Tanh), dense(3, Activation::Softmax)];
    let shape = Shape::Image { height: 2, width: 2, channels: 2 };
    let mut subject = Subject::new(network, shape, Loss::CategoricalCrossentropy, 1, 9);
    let x: Vec<f32> = (0..8).map(|i| (i as f32 * 1.7).sin()).collect();
    let (model, workspace) = (&subject.model, &mut subject.workspace);
    let gradients = model.activation_gradients(workspace, &x, Target::Labels(&[2]));
    let layers: Vec<_> = gradients.iter().map(|gradient| (gradient.layer_idx, gradient.values.len())).collect();
    assert_eq!(layers, [(0, 8), (1, 6), (2, 3)]);
    let probs = model.predict(workspace, &x);
    for (class, gradient) in gradients[2].values.iter().enumerate() {
        let expected = probs[[0, class]] - if class == 2 { 1.0 } else { 0.0 };
        assert!((gradient - expected).abs() < 1e-6, "{gradient} {expected}");
    }
    let mut expected = vec![0.0; 8];
    for (output_idx, dlogit) in gradients[2].values.iter().enumerate() {
        let input_gradient = model.input_gradient(workspace, &x, output_idx);
        expected.iter_mut().zip(input_gradient).for_each(|(sum, gradient)| *sum += dlogit * gradient);
    }
    for (gradient, expected) in gradients[0].values.iter().zip(&expected) {
        assert!((gradient - expected).abs() < 1e-6, "{gradient} {expected}");
    }
}
