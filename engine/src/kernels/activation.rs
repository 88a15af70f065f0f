//! Activation functions and their gradients, in place.

use super::exponential::{exp, exp_m1, sigmoid, tanh};
use super::lanes::{Lanes, map};
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
        // Not `max`: this form passes NaN on.
        Activation::Relu => values.iter_mut().for_each(|x| *x = if *x < 0.0 { 0.0 } else { *x }),
        Activation::LeakyRelu => values.iter_mut().for_each(|x| *x = if *x > 0.0 { *x } else { LEAKY_RELU_SLOPE * *x }),
        Activation::Elu => map(values, |x| Lanes::select_greater(x, Lanes::splat(0.0), x, exp_m1(x))),
        Activation::Tanh => map(values, tanh),
        Activation::Sigmoid => map(values, sigmoid),
        Activation::Softmax => softmax(values, row_len),
    }
}

/// Turns the gradient of the output, `dy`, into the gradient of the input, from the output `y` alone.
///
/// At 0, the derivative of relu is 0; for leaky relu and elu it is the derivative from below.
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

/// `exp(x - max) / Σ exp(x - max)` of each row. The exponentials of all rows are computed in one pass.
fn softmax(values: &mut [f32], row_len: usize) {
    subtract_max(values, row_len);
    map(values, exp);
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

#[cfg(test)]
mod tests {
    use super::super::tests::numbers;
    use super::*;

    const ROW_LEN: usize = 5;

    /// The definition, in `f64`.
    fn define(activation: Activation, x: &[f64]) -> Vec<f64> {
        let slope = f64::from(LEAKY_RELU_SLOPE);
        let each = |function: fn(f64, f64) -> f64| x.iter().map(|&x| function(x, slope)).collect();
        match activation {
            Activation::Linear => each(|x, _| x),
            Activation::Relu => each(|x, _| x.max(0.0)),
            Activation::LeakyRelu => each(|x, slope| if x > 0.0 { x } else { slope * x }),
            Activation::Elu => each(|x, _| if x > 0.0 { x } else { x.exp_m1() }),
            Activation::Tanh => each(|x, _| x.tanh()),
            Activation::Sigmoid => each(|x, _| 1.0 / (1.0 + (-x).exp())),
            Activation::Softmax => {
                let rows = x.chunks_exact(ROW_LEN);
                rows.flat_map(|row| row.iter().map(|x| x.exp() / row.iter().map(|x| x.exp()).sum::<f64>())).collect()
            }
        }
    }

    #[test]
    fn forward_is_the_definition_and_backward_its_derivative() {
        let x: Vec<f64> = numbers(7 * ROW_LEN, 1, 0.0).iter().map(|x| f64::from(x * 6.0)).collect();
        let dy = numbers(x.len(), 2, 0.0);
        for activation in Activation::ALL {
            let mut y: Vec<f32> = x.iter().map(|&x| x as f32).collect();
            forward(activation, &mut y, ROW_LEN);
            for (y, expected) in y.iter().zip(define(activation, &x)) {
                assert!(
                    (f64::from(*y) - expected).abs() < 5e-7 * expected.abs().max(1e-3),
                    "{activation:?}: {y} {expected}"
                );
            }
            let mut dx = dy.clone();
            backward(activation, &y, &mut dx, ROW_LEN);
            for (i, &dx) in dx.iter().enumerate() {
                let loss = |shift: f64| -> f64 {
                    let mut x = x.clone();
                    x[i] += shift;
                    define(activation, &x).iter().zip(&dy).map(|(y, dy)| y * f64::from(*dy)).sum()
                };
                let expected = (loss(1e-5) - loss(-1e-5)) / 2e-5;
                assert!((f64::from(dx) - expected).abs() < 1e-6, "{activation:?}, {i}: {dx} {expected}");
            }
        }
    }

    #[test]
    fn at_zero_relu_has_no_slope_and_nan_passes() {
        let mut dy = [1.0; 3];
        backward(Activation::Relu, &[0.0, -0.0, 1.0], &mut dy, 1);
        assert_eq!(dy, [0.0, 0.0, 1.0]);
        for activation in Activation::ALL {
            let mut y = [f32::NAN, 1.0];
            forward(activation, &mut y, 2);
            assert!(y[0].is_nan(), "{activation:?}");
        }
    }

    #[test]
    fn softmax_of_large_numbers_is_finite() {
        let mut y = [1000.0, 0.0, -1000.0];
        forward(Activation::Softmax, &mut y, 3);
        assert!((y[0] - 1.0).abs() < 1e-6 && y[1] < 1e-30 && y[2] < 1e-30, "{y:?}");
    }
}
