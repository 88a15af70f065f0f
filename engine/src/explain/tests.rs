//! Tests that the parts shown add up to what the engine computes.
#![allow(clippy::unwrap_used, reason = "a failed test says where")]

use super::testing::*;
use super::*;
use crate::arrays::{array, view};
use crate::experiment::{Activation, BatchNormalizationConfig, Experiment, LayerConfig, Padding, Preset, Shape};
use crate::kernels;
use crate::layers::{KernelView, LayerSample};
use crate::model::{Model, Workspace};
use ndarray::aview1;

/// Ink on half of the pixels, like a drawing.
fn drawing() -> Vec<f32> {
    numbers(784, 3).into_iter().map(|x| x.max(0.0)).collect()
}

/// A cell's value made from its parts, the size of its terms, and the value that it is said to have.
fn rebuilt(arithmetic: &CellArithmetic, layer_input: &[f32], input_shape: Shape) -> (f32, f32, f32) {
    let activated = |step: &ActivationStep, sum: f32| match &step.softmax {
        Some(softmax) => {
            let unit = softmax.probs.iter().position(|prob| *prob == step.result).unwrap();
            softmax.exponentials[unit] / softmax.sum
        }
        None => {
            let mut value = [sum];
            kernels::activation::forward(step.activation, &mut value, 1);
            value[0]
        }
    };
    match arithmetic {
        CellArithmetic::Conv2D(conv2d) => {
            let products = conv2d.channels.iter().flat_map(|c| c.patch.iter().zip(&c.kernel).map(|(x, w)| x * w));
            let scale = products.map(f32::abs).sum::<f32>() + conv2d.bias.abs();
            let sum = conv2d.channels.iter().map(|channel| channel.sum).sum::<f32>() + conv2d.bias;
            (activated(&conv2d.activation, sum), scale, conv2d.activation.result)
        }
        CellArithmetic::MaxPooling2D(pooling) => (pooling.values[pooling.winner], 0.0, pooling.result),
        CellArithmetic::AveragePooling2D(pooling) => {
            (pooling.sum / pooling.values.len() as f32, pooling.sum.abs(), pooling.result)
        }
        CellArithmetic::Dense(dense) => {
            let listed = dense.positive.iter().chain(&dense.negative).map(|part| part.product);
            let sum = listed.clone().sum::<f32>() + dense.rest + dense.bias;
            let scale = listed.map(f32::abs).sum::<f32>() + dense.rest.abs();
            assert_close(sum, dense.activation.x, scale);
            (activated(&dense.activation, sum), scale, dense.activation.result)
        }
        CellArithmetic::BatchNormalization(normalized) => {
            let scale = f64::from(normalized.gamma) / (f64::from(normalized.variance) + normalized.epsilon).sqrt();
            let value = (f64::from(normalized.x) - f64::from(normalized.mean)) * scale + f64::from(normalized.beta);
            (value as f32, 0.0, normalized.result)
        }
        CellArithmetic::Activation(step) => (activated(step, step.x), 0.0, step.result),
        CellArithmetic::Same { origin, result } => (layer_input[origin.to_flat(input_shape).unwrap()], 0.0, *result),
    }
}

/// Takes cells of every layer apart and compares with the model's activations; at most 97 of a layer.
fn check(experiment: &Experiment) {
    let model = Model::new(&experiment.check().unwrap());
    let input = drawing();
    let activations = model.activations(&mut Workspace::new(&model), &input);
    assert_eq!(activations.len(), model.layers().len());
    for (layer_idx, layer) in model.layers().iter().enumerate() {
        let layer_input = layer_idx.checked_sub(1).map_or(input.as_slice(), |before| activations[before].as_slice());
        let output = activations[layer_idx].as_slice();
        let sample = LayerSample {
            layer,
            input: view(layer.input_shape.dims(), layer_input),
            kernel: model.kernel(layer_idx),
            bias: model.bias(layer_idx),
            normalization: model.normalization(layer_idx),
            output: activations[layer_idx].values.view(),
            n_largest: 4000,
        };
        for output_idx in (0..output.len()).step_by(output.len() / 97 + 1) {
            let cell = CellIndex::from_flat(output_idx, layer.output_shape).unwrap();
            let arithmetic = cell_arithmetic(&sample, cell).unwrap();
            let (value, scale, result) = rebuilt(&arithmetic, layer_input, layer.input_shape);
            assert_eq!(result, output[output_idx], "{} shows another number", layer.name);
            assert_close(value, result, scale);
        }
    }
}

fn with_network(network: Vec<LayerConfig>) -> Experiment {
    Experiment { network, ..Preset::Softmax.experiment() }
}

#[test]
fn presets_add_up() {
    for preset in [Preset::LessonCnn, Preset::Mlp16x16, Preset::Mlp40, Preset::Softmax] {
        check(&preset.experiment());
    }
}

#[test]
fn every_kind_of_layer_adds_up() {
    check(&with_network(vec![
        conv2d(6, [5, 4], [2, 1], Padding::Same, Activation::LeakyRelu),
        LayerConfig::BatchNormalization(BatchNormalizationConfig::default()),
        average_pooling([2, 3]),
        conv2d(5, [1, 1], [1, 1], Padding::Valid, Activation::Linear),
        activation(Activation::Elu),
        dropout(),
        conv2d(4, [3, 3], [2, 2], Padding::Valid, Activation::Tanh),
        max_pooling([1, 2]),
        LayerConfig::FLATTEN,
        dense(512, Activation::Sigmoid),
        dropout(),
        dense(10, Activation::Linear),
        activation(Activation::Softmax),
    ]));
}

#[test]
fn logits_are_the_sums_of_their_contributions() {
    let model = Model::new(&Preset::LessonCnn.experiment().check().unwrap());
    let mut workspace = Workspace::new(&model);
    let input = drawing();
    let activations = model.activations(&mut workspace, &input);
    let source = SourceImage::of(model.layers(), 6).unwrap();
    let Some(KernelView::Dense(kernel)) = model.kernel(6) else { panic!("not a Dense layer") };
    let (input_of_dense, bias) = (aview1(activations[5].as_slice()), model.bias(6).unwrap());
    let contributions = logit_contributions(input_of_dense, kernel, bias, Some(&source), 8);
    for (parts, logit) in contributions.iter().zip(model.logits(&mut workspace, &input)) {
        let terms: f32 = parts.terms.iter().map(|term| term.value).sum();
        assert_close(terms + parts.rest_positive + parts.rest_negative + parts.bias, logit, 10.0);
        assert_eq!(parts.terms.len() + parts.n_rest, 64);
    }
}

#[test]
fn pixels_outside_the_receptive_field_change_nothing() {
    let experiment = with_network(vec![
        conv2d(3, [3, 3], [2, 2], Padding::Same, Activation::Tanh),
        average_pooling([2, 2]),
        conv2d(2, [2, 2], [1, 1], Padding::Same, Activation::Tanh),
        LayerConfig::FLATTEN,
        dense(10, Activation::Softmax),
    ]);
    let model = Model::new(&experiment.check().unwrap());
    let mut workspace = Workspace::new(&model);
    let mut output =
        |image: &[f32], output_idx: usize| model.activations(&mut workspace, image)[2].as_slice()[output_idx];
    let input = drawing();
    for cell in [(0, 0), (3, 6), (6, 6)].map(|(row, column)| CellIndex { row, column, channel: 1 }) {
        let output_idx = cell.to_flat(model.layers()[2].output_shape).unwrap();
        let field = receptive_fields(model.layers(), 2, cell).unwrap()[0].clipped;
        let expected = output(&input, output_idx);
        let (mut outside, mut inside) = (numbers(784, 8), input.clone());
        for (row, column) in field.cells() {
            let pixel = row as usize * 28 + column as usize;
            outside[pixel] = input[pixel];
            inside[pixel] += 0.5;
        }
        assert_eq!(output(&outside, output_idx), expected);
        assert_ne!(output(&inside, output_idx), expected);
    }
}

#[test]
fn edits_fit_the_weights_of_the_model() {
    let mut model = Model::new(&Preset::LessonCnn.experiment().check().unwrap());
    let values = KernelPreset::SobelX.values([3, 3]).unwrap();
    let edits = [
        Edit::SetKernel { layer_idx: 0, in_channel: 0, filter: 7, values: values.clone() },
        Edit::SilenceUnit { layer_idx: 2, unit: 9 },
    ];
    let edited = apply_edits(model.layers(), model.weights(), &edits).unwrap();
    model.set_weights(&edited);
    let view = WeightView::Slice { in_channel: 0, filter: 7 };
    assert_eq!(
        weight_picture(&model.layers()[0], None, model.kernel(0).unwrap(), view).unwrap(),
        array([3, 3], values)
    );
    let activations = model.activations(&mut Workspace::new(&model), &drawing());
    let mut dead = DeadUnits::new(64);
    dead.push(activations[2].values.view());
    assert!(dead.units().contains(&9));
}

#[test]
fn single_covered_pixels_and_gradients_agree_on_a_linear_network() {
    let model = Model::new(&Preset::Softmax.experiment().check().unwrap());
    let mut workspace = Workspace::new(&model);
    let (input, class) = (drawing(), 4);
    let config = OcclusionConfig { window: [1, 1], strides: [1, 1], class };
    let image = view([28, 28, 1], &input);
    let mut occlusion = Occlusion::new(image, 10, config).unwrap();
    while !occlusion.step(128, |images| model.logits(&mut workspace, images)) {}
    let gradient = model.input_gradient(&mut workspace, &input, class);
    let saliency = gradient_times_input(gradient.view(), image);
    for (drop, product) in occlusion.map().into_iter().zip(&saliency) {
        assert_close(drop, *product, 1.0);
    }
    let logit = model.logits(&mut workspace, &input)[[0, class]];
    assert_close(saliency.sum() + model.bias(1).unwrap()[class], logit, 10.0);
}

#[test]
fn gradient_of_an_excitation_is_its_slope() {
    let smooth = Activation::Tanh;
    let experiment = with_network(vec![
        conv2d(3, [3, 3], [2, 2], Padding::Same, smooth),
        average_pooling([2, 2]),
        LayerConfig::FLATTEN,
        dense(6, smooth),
        dense(10, Activation::Softmax),
    ]);
    let model = Model::new(&experiment.check().unwrap());
    let mut workspace = Workspace::new(&model);
    let input = drawing();
    for (layer_idx, channel) in [(0, 2), (1, 0), (2, 30), (3, 5), (4, 9)] {
        let (excitation, gradient) = model.activation_gradient(&mut workspace, &input, layer_idx, channel);
        let steepest = gradient.iter().map(|g| g * g).sum::<f32>().sqrt();
        assert!(steepest > 0.0);
        let moved_by =
            |step: f32| input.iter().zip(&gradient).map(|(x, g)| x + step * g / steepest).collect::<Vec<_>>();
        let mut excited = |image: &[f32]| model.activation_gradient(&mut workspace, image, layer_idx, channel).0;
        assert_eq!(excited(&input), excitation);
        let slope = (excited(&moved_by(0.02)) - excited(&moved_by(-0.02))) / 0.04;
        assert!((slope - steepest).abs() < 0.01 * steepest + 1e-4, "layer {layer_idx}: {slope}, {steepest}");
    }
}

#[test]
fn ascent_excites_filters_and_logits() {
    let model = Model::new(&Preset::LessonCnn.experiment().check().unwrap());
    let mut workspace = Workspace::new(&model);
    for (layer_idx, channel) in [(2, 11), (6, 3)] {
        let mut ascent =
            ActivationMaximization::new(model.input_shape(), ActivationMaximizationConfig::default()).unwrap();
        let mut gradient = |image: &[f32]| model.activation_gradient(&mut workspace, image, layer_idx, channel);
        while ascent.step(&mut gradient) == ActivationMaximizationState::Climbing {}
        assert_eq!(ascent.state(), ActivationMaximizationState::Finished);
        let objectives: Vec<f32> = ascent.snapshots().iter().map(|snapshot| snapshot.objective).collect();
        assert!(objectives[6] > 1.5 * objectives[0].max(0.01), "{objectives:?}");
    }
}
