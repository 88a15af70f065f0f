//! Layers, numbers and a forward pass by brute force for this folder's tests.
#![allow(clippy::unwrap_used, reason = "a failed test says where")]

use crate::arrays::view;
use crate::experiment::ValidationErrors;
use crate::experiment::check_layers::checked_layer;
use crate::experiment::{
    Activation, ActivationConfig, AveragePooling2DConfig, CheckedLayer, Conv2DConfig, DenseConfig, DropoutConfig,
    LayerConfig, MaxPooling2DConfig, Padding, Shape,
};
use crate::layers::{KernelView, LayerErrors, LayerSample};
use ndarray::aview1;

pub fn image(height: usize, width: usize, channels: usize) -> Shape {
    Shape::Image { height, width, channels }
}

pub fn dense(units: usize, activation: Activation) -> LayerConfig {
    LayerConfig::Dense(DenseConfig::new(units).activation(activation))
}

pub fn conv2d(
    filters: usize,
    kernel_size: [usize; 2],
    strides: [usize; 2],
    padding: Padding,
    activation: Activation,
) -> LayerConfig {
    LayerConfig::Conv2D(
        Conv2DConfig::new(filters, kernel_size).strides(strides).padding(padding).activation(activation),
    )
}

pub fn max_pooling(pool_size: [usize; 2]) -> LayerConfig {
    LayerConfig::MaxPooling2D(MaxPooling2DConfig { pool_size })
}

pub fn average_pooling(pool_size: [usize; 2]) -> LayerConfig {
    LayerConfig::AveragePooling2D(AveragePooling2DConfig { pool_size })
}

pub fn dropout() -> LayerConfig {
    LayerConfig::Dropout(DropoutConfig::new(0.5))
}

pub fn activation(activation: Activation) -> LayerConfig {
    LayerConfig::Activation(ActivationConfig { activation })
}

/// The lesson's CNN.
pub fn lesson_cnn() -> Vec<CheckedLayer> {
    let conv2d = |filters| conv2d(filters, [3, 3], [1, 1], Padding::Valid, Activation::Relu);
    network(
        image(28, 28, 1),
        [
            conv2d(32),
            max_pooling([2, 2]),
            conv2d(64),
            max_pooling([2, 2]),
            LayerConfig::FLATTEN,
            dropout(),
            dense(10, Activation::Softmax),
        ],
    )
}

/// A layer with its shapes, which must fit.
pub fn layer(config: LayerConfig, input_shape: Shape) -> CheckedLayer {
    let (network, mut errors) = ([config], ValidationErrors::default());
    let config = &network[0];
    let output_shape =
        config.kind().output_shape(input_shape, &mut LayerErrors::new(&mut errors, 0, config.type_name()));
    checked_layer(&network, 0, input_shape, output_shape.expect("the layer fits"))
}

/// Layers one after the other.
pub fn network(input_shape: Shape, configs: impl IntoIterator<Item = LayerConfig>) -> Vec<CheckedLayer> {
    let mut shape = input_shape;
    let threaded = configs.into_iter().map(|config| {
        let layer = layer(config, shape);
        shape = layer.output_shape;
        layer
    });
    threaded.collect()
}

/// `n` numbers in [-1, 1) from a seed (an LCG with Knuth's constants).
pub fn numbers(n: usize, seed: u64) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1);
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..n).map(|_| next()).collect()
}

/// A layer, its numbers, and its output by [`forward`].
pub struct Filled {
    pub layer: CheckedLayer,
    pub input: Vec<f32>,
    pub kernel: Vec<f32>,
    pub bias: Vec<f32>,
    pub output: Vec<f32>,
}

impl Filled {
    /// Its sample, to be taken apart.
    pub fn sample(&self, n_largest: usize) -> LayerSample<'_> {
        let Filled { layer, input, kernel, bias, output } = self;
        LayerSample {
            layer,
            input: view(layer.input_shape.dims(), input),
            kernel: KernelView::new(&layer.kernel_shape(), kernel),
            bias: (!bias.is_empty()).then(|| aview1(bias)),
            normalization: None,
            output: view(layer.output_shape.dims(), output),
            n_largest,
        }
    }

    /// The kernel, which the layer must have.
    pub fn kernel(&self) -> KernelView<'_> {
        KernelView::new(&self.layer.kernel_shape(), &self.kernel).unwrap()
    }
}

/// Fills a layer with numbers from a seed.
pub fn filled(config: LayerConfig, input_shape: Shape, seed: u64) -> Filled {
    let layer = layer(config, input_shape);
    let input = numbers(input_shape.size(), seed);
    let kernel = numbers(layer.n_kernel, seed + 1);
    let bias = numbers(layer.n_bias, seed + 2);
    let output = forward(&layer, &input, &kernel, &bias);
    Filled { layer, input, kernel, bias, output }
}

/// One sample through one layer: each output from its definition, sums in `f64`.
pub fn forward(layer: &CheckedLayer, input: &[f32], kernel: &[f32], bias: &[f32]) -> Vec<f32> {
    let [height, width, channels] = layer.input_shape.dims();
    let [out_h, out_w, out_channels] = layer.output_shape.dims();
    let x = |row: usize, column: usize, channel: usize| f64::from(input[(row * width + column) * channels + channel]);
    let cells = (0..out_h * out_w * out_channels)
        .map(|i| (i / out_channels / out_w, i / out_channels % out_w, i % out_channels));
    match &layer.config {
        LayerConfig::Dense(dense) => {
            let sums = (0..dense.units).map(|unit| {
                let products = input.iter().zip(kernel.iter().skip(unit).step_by(dense.units));
                products.map(|(x, w)| f64::from(*x) * f64::from(*w)).sum::<f64>() + f64::from(bias[unit])
            });
            activate(dense.activation, sums.collect(), dense.units)
        }
        LayerConfig::Conv2D(conv2d) => {
            let [kernel_h, kernel_w] = conv2d.kernel_size;
            let before = |input: usize, output: usize, axis: usize| match conv2d.padding {
                Padding::Valid => 0,
                Padding::Same => {
                    ((output - 1) * conv2d.strides[axis] + conv2d.kernel_size[axis]).saturating_sub(input) / 2
                }
            };
            let (top, left) = (before(height, out_h, 0), before(width, out_w, 1));
            let sums = cells.map(|(row, column, filter)| {
                let mut sum = f64::from(bias[filter]);
                for ky in 0..kernel_h {
                    for kx in 0..kernel_w {
                        let (y, x_) = (row * conv2d.strides[0] + ky, column * conv2d.strides[1] + kx);
                        if y < top || x_ < left || y - top >= height || x_ - left >= width {
                            continue;
                        }
                        for channel in 0..channels {
                            let weight = kernel[((ky * kernel_w + kx) * channels + channel) * conv2d.filters + filter];
                            sum += x(y - top, x_ - left, channel) * f64::from(weight);
                        }
                    }
                }
                sum
            });
            activate(conv2d.activation, sums.collect(), conv2d.filters)
        }
        LayerConfig::MaxPooling2D(MaxPooling2DConfig { pool_size })
        | LayerConfig::AveragePooling2D(AveragePooling2DConfig { pool_size }) => {
            let [pool_h, pool_w] = *pool_size;
            let window = |row: usize, column: usize, channel: usize| {
                (0..pool_h * pool_w).map(move |i| x(row * pool_h + i / pool_w, column * pool_w + i % pool_w, channel))
            };
            let pooled = cells.map(|(row, column, channel)| match layer.config {
                LayerConfig::MaxPooling2D(_) => window(row, column, channel).fold(f64::NEG_INFINITY, f64::max) as f32,
                _ => (window(row, column, channel).sum::<f64>() / (pool_h * pool_w) as f64) as f32,
            });
            pooled.collect()
        }
        LayerConfig::Flatten(_) | LayerConfig::Dropout(_) => input.to_vec(),
        LayerConfig::Activation(config) => {
            activate(config.activation, input.iter().map(|x| f64::from(*x)).collect(), channels)
        }
        #[allow(unreachable_patterns, reason = "a new kind may bring tests of its own instead")]
        other => panic!("no plain loop for {}", other.type_name()),
    }
}

/// Activation functions by their definitions.
pub fn activate(activation: Activation, values: Vec<f64>, row_len: usize) -> Vec<f32> {
    let softmax = |row: &[f64]| {
        let sum: f64 = row.iter().map(|x| x.exp()).sum();
        row.iter().map(|x| x.exp() / sum).collect::<Vec<_>>()
    };
    let activated: Vec<f64> = match activation {
        Activation::Linear => values,
        Activation::Relu => values.into_iter().map(|x| x.max(0.0)).collect(),
        Activation::LeakyRelu => values.into_iter().map(|x| x.max(0.2 * x)).collect(),
        Activation::Elu => values.into_iter().map(|x| if x > 0.0 { x } else { x.exp_m1() }).collect(),
        Activation::Tanh => values.into_iter().map(f64::tanh).collect(),
        Activation::Sigmoid => values.into_iter().map(|x| 1.0 / (1.0 + (-x).exp())).collect(),
        Activation::Softmax => values.chunks_exact(row_len).flat_map(softmax).collect(),
    };
    activated.into_iter().map(|x| x as f32).collect()
}

/// Within `1e-5` of the larger of 1 and `scale`.
#[track_caller]
pub fn assert_close(got: f32, expected: f32, scale: f32) {
    assert!((got - expected).abs() <= 1e-5 * scale.max(1.0), "got {got}, expected {expected} at scale {scale}");
}
