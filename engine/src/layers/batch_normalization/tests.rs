//! The layer alone: training against inference, and what is explained.
#![allow(clippy::unwrap_used, reason = "a failed test says where")]

use super::*;
use crate::arrays::view;
use crate::experiment::LayerConfig;
use crate::explain::testing::{image, layer};
use crate::explain::{cell_arithmetic, receptive_fields};
use crate::kernels::tests::numbers;
use crate::random::{Key, Purpose};

const CHANNELS: usize = 3;

fn normalization() -> (BatchNormalization, Vec<f32>) {
    let params = ParamRange { start: 2, n_normalized: CHANNELS, ..ParamRange::default() };
    let mut layer = BatchNormalization::new(1e-3, params);
    let mut weights = vec![9.0; 2];
    weights.extend([1.5, 0.5, -1.0, 0.25, -0.5, 0.0, 0.1, 0.2, 0.3, 1.0, 2.0, 0.5]);
    layer.pack(&weights);
    (layer, weights)
}

fn training() -> Option<TrainingPass> {
    Some(TrainingPass { key: Key::new(1, Purpose::Dropout), first: 0 })
}

#[test]
fn training_normalizes_by_the_samples_and_inference_by_the_moving_statistics() {
    let (mut layer, weights) = normalization();
    let x = numbers(8 * CHANNELS, 4, 0.0);
    let mut y = vec![0.0; x.len()];
    layer.forward(&x, &weights, training(), &mut y);
    for channel in 0..CHANNELS {
        let (gamma, beta) = (weights[2 + channel], weights[5 + channel]);
        let column: Vec<f32> = y.iter().skip(channel).step_by(CHANNELS).map(|y| (y - beta) / gamma).collect();
        let mean = column.iter().sum::<f32>() / 8.0;
        let variance = column.iter().map(|y| (y - mean).powi(2)).sum::<f32>() / 8.0;
        assert!(mean.abs() < 1e-6 && (variance - 1.0).abs() < 0.02, "{mean} {variance}");
    }
    layer.forward(&x, &weights, None, &mut y);
    for (idx, (x, y)) in x.iter().zip(&y).enumerate() {
        let [gamma, beta, mean, variance] = [2, 5, 8, 11].map(|start| weights[start + idx % CHANNELS]);
        assert!((y - ((x - mean) / (variance + 1e-3).sqrt() * gamma + beta)).abs() < 1e-5);
    }
}

#[test]
fn a_single_vector_has_no_spread_and_gives_beta() {
    let (mut layer, weights) = normalization();
    let (mut y, mut dx, mut gradients) = ([0.0; CHANNELS], [1.0; CHANNELS], vec![7.0; weights.len()]);
    let x = [3.0, -4.0, 1e5];
    layer.forward(&x, &weights, training(), &mut y);
    assert_eq!(y, weights[5..8]);
    layer.backward(&x, &y, &mut [1.0, 2.0, 3.0], &mut gradients, Some(&mut dx));
    assert_eq!(dx, [0.0; CHANNELS]);
    assert_eq!(gradients, [7.0, 7.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn numbers_of_the_whole_batch_are_used_once() {
    let (mut layer, weights) = normalization();
    let x = numbers(4 * CHANNELS, 4, 0.0);
    let (mut own, mut given, mut again) = (vec![0.0; x.len()], vec![0.0; x.len()], vec![0.0; x.len()]);
    layer.forward(&x, &weights, training(), &mut own);
    layer.set_moments(&[8.0, 0.0, 0.0, 0.0, 8.0, 8.0, 8.0]);
    layer.forward(&x, &weights, training(), &mut given);
    layer.forward(&x, &weights, training(), &mut again);
    assert_ne!(own, given);
    assert_eq!(own, again);
    assert!((given[0] - (x[0] / 1.001_f32.sqrt() * weights[2] + weights[5])).abs() < 1e-6);
}

#[test]
fn a_normalized_number_is_explained_by_its_moving_statistics() {
    let layer = layer(LayerConfig::BatchNormalization(BatchNormalizationConfig::default()), image(1, 2, CHANNELS));
    assert_eq!([layer.n_params(), layer.n_trainable(), layer.n_non_trainable()], [12, 6, 6]);
    let (mut at_work, weights) = normalization();
    let input = numbers(6, 1, 0.0);
    let mut output = vec![0.0; 6];
    at_work.forward(&input, &weights, None, &mut output);
    let sample = LayerSample {
        layer: &layer,
        input: view([1, 2, CHANNELS], &input),
        kernel: None,
        bias: None,
        normalization: NormalizationView::new(&weights[2..]),
        output: view([1, 2, CHANNELS], &output),
        n_largest: 0,
    };
    let cell = CellIndex { row: 0, column: 1, channel: 2 };
    let Ok(CellArithmetic::BatchNormalization(step)) = cell_arithmetic(&sample, cell) else { panic!("not explained") };
    assert_eq!((step.x, step.mean, step.variance), (input[5], 0.3, 0.5));
    assert_eq!((step.gamma, step.beta, step.result), (-1.0, 0.0, output[5]));
    assert!((step.normalized() * step.gamma + step.beta - step.result).abs() < 1e-6);
    let fields = receptive_fields(std::slice::from_ref(&layer), 0, cell).unwrap();
    assert_eq!(fields[0].channel, Some(2));
}

#[test]
fn views_are_of_four_equal_parts() {
    assert!(NormalizationView::new(&[]).is_none() && NormalizationView::new(&[1.0; 6]).is_none());
    let view = NormalizationView::new(&[1.0, 2.0, 3.0, 4.0]).unwrap();
    assert_eq!([view.gamma, view.beta, view.moving_mean, view.moving_variance].concat(), [1.0, 2.0, 3.0, 4.0]);
}
