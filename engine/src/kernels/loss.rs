//! Losses: the value as a sum over samples in `f64`, the gradient in the same pass.
//!
//! `scale` multiplies gradients only: with `1 / batch_size` and sums of shards it makes the gradient of the mean.

use super::activation::subtract_max;
use super::exponential::{exp, sigmoid};

/// Softmax and cross-entropy on `logits` `[n, n_classes]` for `labels` `[n]`:
/// loss `ln Σ exp(z) - z[label]`, gradient `scale · (softmax(z) - one_hot(label))` into `dlogits`.
/// Returns the sum of the losses. No clipping: as Keras computes it from logits.
///
/// # Panics
/// If lengths don't fit or a label is no class.
pub fn softmax_cross_entropy(logits: &[f32], labels: &[u8], scale: f32, dlogits: &mut [f32]) -> f64 {
    assert_eq!(logits.len(), dlogits.len(), "logits and their gradient");
    if labels.is_empty() {
        assert!(logits.is_empty(), "logits without labels");
        return 0.0;
    }
    let n_classes = logits.len() / labels.len();
    assert_eq!(logits.len(), n_classes * labels.len(), "logits for each label");
    dlogits.copy_from_slice(logits);
    subtract_max(dlogits, n_classes);
    let mut total = 0.0;
    for (row, &label) in dlogits.chunks_exact(n_classes).zip(labels) {
        assert!(usize::from(label) < n_classes, "label {label} of {n_classes} classes");
        total -= f64::from(row[usize::from(label)]);
    }
    dlogits.iter_mut().for_each(|x| *x = exp(*x));
    for (row, &label) in dlogits.chunks_exact_mut(n_classes).zip(labels) {
        let sum: f64 = row.iter().map(|&e| f64::from(e)).sum();
        total += sum.ln();
        let factor = (f64::from(scale) / sum) as f32;
        row.iter_mut().for_each(|e| *e *= factor);
        row[usize::from(label)] -= scale;
    }
    total
}

/// Sigmoid and cross-entropy on `logits` for `targets` in `[0, 1]`, same lengths:
/// loss `max(z, 0) - z·t + ln(1 + exp(-|z|))`, gradient `scale · (sigmoid(z) - t)`. Returns the sum of the losses.
///
/// # Panics
/// If lengths differ.
pub fn sigmoid_cross_entropy(logits: &[f32], targets: &[f32], scale: f32, dlogits: &mut [f32]) -> f64 {
    assert_eq!((logits.len(), logits.len()), (targets.len(), dlogits.len()), "logits, targets and gradient");
    let mut total = 0.0;
    for ((&z, &t), d) in logits.iter().zip(targets).zip(dlogits) {
        let (z64, t64) = (f64::from(z), f64::from(t));
        total += z64.max(0.0) - z64 * t64 + (-z64.abs()).exp().ln_1p();
        *d = scale * (sigmoid(z) - t);
    }
    total
}

/// Squared error `(y - t)²`, gradient `scale · (y - t)`: the caller puts the factor 2 of Keras' loss, or the ½ of
/// the half squared error, into `scale` and the sum. Returns the sum of the squares.
///
/// # Panics
/// If lengths differ.
pub fn squared_error(y: &[f32], targets: &[f32], scale: f32, dy: &mut [f32]) -> f64 {
    assert_eq!((y.len(), y.len()), (targets.len(), dy.len()), "output, targets and gradient");
    let mut total = 0.0;
    for ((&y, &t), d) in y.iter().zip(targets).zip(dy) {
        total += f64::from(y - t) * f64::from(y - t);
        *d = scale * (y - t);
    }
    total
}

/// Index of the largest number, the first on a tie (as in NumPy).
///
/// # Panics
/// If `values` is empty.
#[must_use]
pub fn argmax(values: &[f32]) -> usize {
    assert!(!values.is_empty(), "argmax of nothing");
    (1..values.len()).fold(0, |best, i| if values[i] > values[best] { i } else { best })
}
