//! Activation functions and their gradients, in place.

use super::exponential::{exp, exp_m1, sigmoid, tanh};
use crate::experiment::Activation;

/// Slope of leaky relu below 0 (Keras 3's default).
pub const LEAKY_RELU_SLOPE: f32 = 0.2;

/// Overwrites each number by its activation; `row_len` matters to softmax only, which works on rows
/// (the last axis).
///
/// # Panics
/// If `values` is no whole number of rows.
pub fn forward(activation: Activation, values: &mut [f32], row_len: usize) {
    assert!(values.len().is_multiple_of(row_len), "{} numbers in rows of {row_len}", values.len());
    match activation {
        Activation::Linear => {}
        // Not `max`: written so, NaN passes.
        Activation::Relu => values.iter_mut().for_each(|x| *x = if *x < 0.0 { 0.0 } else { *x }),
        Activation::LeakyRelu => values.iter_mut().for_each(|x| *x = if *x > 0.0 { *x } else { LEAKY_RELU_SLOPE * *x }),
        Activation::Elu => values.iter_mut().for_each(|x| *x = if *x > 0.0 { *x } else { exp_m1(*x) }),
        Activation::Tanh => values.iter_mut().for_each(|x| *x = tanh(*x)),
        Activation::Sigmoid => values.iter_mut().for_each(|x| *x = sigmoid(*x)),
        Activation::Softmax => softmax(values, row_len),
    }
}

/// Turns the gradient of the output, `dy`, into the gradient of the input, from the output `y` alone.
///
/// The derivative of relu at 0 is 0, those of leaky relu and elu at 0 are the ones from below.
///
/// # Panics
/// If lengths differ or are no whole number of rows.
pub fn backward(activation: Activation, y: &[f32], dy: &mut [f32], row_len: usize) {
    assert_eq!(y.len(), dy.len(), "output and its gradient");
    assert!(y.len().is_multiple_of(row_len), "{} numbers in rows of {row_len}", y.len());
    let pairs = dy.iter_mut().zip(y);
    match activation {
        Activation::Linear => {}
        Activation::Relu => pairs.for_each(|(dy, y)| *dy = if *y > 0.0 { *dy } else { 0.0 }),
        Activation::LeakyRelu => pairs.for_each(|(dy, y)| *dy = if *y > 0.0 { *dy } else { LEAKY_RELU_SLOPE * *dy }),
        Activation::Elu => pairs.for_each(|(dy, y)| *dy = if *y > 0.0 { *dy } else { *dy * (*y + 1.0) }),
        Activation::Tanh => pairs.for_each(|(dy, y)| *dy *= 1.0 - y * y),
        Activation::Sigmoid => pairs.for_each(|(dy, y)| *dy *= y * (1.0 - y)),
        Activation::Softmax => {
            for (y, dy) in y.chunks_exact(row_len).zip(dy.chunks_exact_mut(row_len)) {
                let dot: f32 = y.iter().zip(dy.iter()).map(|(y, dy)| y * dy).sum();
                dy.iter_mut().zip(y).for_each(|(dy, y)| *dy = y * (*dy - dot));
            }
        }
    }
}

/// `exp(x - max) / Σ exp(x - max)` of each row. The exponentials are taken of all rows in one go.
fn softmax(values: &mut [f32], row_len: usize) {
    subtract_max(values, row_len);
    values.iter_mut().for_each(|x| *x = exp(*x));
    for row in values.chunks_exact_mut(row_len) {
        let sum: f32 = row.iter().sum();
        row.iter_mut().for_each(|x| *x /= sum);
    }
}

/// Subtracts from each row its largest number.
pub(super) fn subtract_max(values: &mut [f32], row_len: usize) {
    for row in values.chunks_exact_mut(row_len) {
        let max = row.iter().fold(f32::NEG_INFINITY, |max, &x| if x > max { x } else { max });
        row.iter_mut().for_each(|x| *x -= max);
    }
}
