//! Losses: the value as a sum over samples in `f64`, the gradient in the same pass.
//!
//! `scale` multiplies gradients only: with `1 / batch_size` and sums of shards it makes the gradient of the mean.

use super::activation::subtract_max;
use super::exponential::{exp, sigmoid};
use super::lanes::map;

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
    map(dlogits, exp);
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
    dlogits.copy_from_slice(logits);
    map(dlogits, sigmoid);
    let mut total = 0.0;
    for ((&z, &t), d) in logits.iter().zip(targets).zip(dlogits) {
        let (z64, t64) = (f64::from(z), f64::from(t));
        total += z64.max(0.0) - z64 * t64 + (-z64.abs()).exp().ln_1p();
        *d = scale * (*d - t);
    }
    total
}

/// Squared error `(y - t)²`, gradient `scale · (y - t)`. The caller puts the
/// constant factors of its loss (Keras' mean, the ½ of the half squared error) into `scale` and the sum. Returns the
/// sum of the squares.
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

#[cfg(test)]
mod tests {
    use super::super::tests::numbers;
    use super::*;

    const SCALE: f32 = 0.25;

    /// Compares value and gradient of a loss with its definition in `f64` and the definition's slope.
    #[track_caller]
    fn check(loss: impl Fn(&[f32], &mut [f32]) -> f64, definition: impl Fn(&[f64]) -> f64, x: &[f32]) {
        let x64: Vec<f64> = x.iter().map(|&x| f64::from(x)).collect();
        let mut dx = vec![f32::NAN; x.len()];
        let (value, expected) = (loss(x, &mut dx), definition(&x64));
        assert!((value - expected).abs() < 1e-6 * expected.abs().max(1.0), "{value} {expected}");
        for (i, &dx) in dx.iter().enumerate() {
            let shifted = |shift: f64| {
                let mut x = x64.clone();
                x[i] += shift;
                definition(&x)
            };
            let expected = f64::from(SCALE) * (shifted(1e-4) - shifted(-1e-4)) / 2e-4;
            assert!((f64::from(dx) - expected).abs() < 1e-6, "{i}: {dx} {expected}");
        }
    }

    #[test]
    fn losses_are_their_definitions() {
        let x: Vec<f32> = numbers(20, 1, 0.0).iter().map(|x| x * 4.0).collect();
        let targets: Vec<f32> = numbers(20, 2, 0.0).iter().map(|t| t.abs()).collect();
        let labels = [3, 0, 4, 2];
        let cross_entropy = |z: &[f64]| {
            let rows = z.chunks_exact(5).zip(labels);
            rows.map(|(z, label)| z.iter().map(|z| z.exp()).sum::<f64>().ln() - z[usize::from(label)]).sum()
        };
        check(|z, dz| softmax_cross_entropy(z, &labels, SCALE, dz), cross_entropy, &x);
        let each = |term: fn(f64, f64) -> f64| {
            let targets = targets.clone();
            move |x: &[f64]| x.iter().zip(&targets).map(|(&x, &t)| term(x, f64::from(t))).sum::<f64>()
        };
        let binary = each(|z, t| -t * (1.0 / (1.0 + (-z).exp())).ln() - (1.0 - t) * (1.0 / (1.0 + z.exp())).ln());
        check(|z, dz| sigmoid_cross_entropy(z, &targets, SCALE, dz), binary, &x);
        let squared = |y: &[f32], dy: &mut [f32]| {
            let total = squared_error(y, &targets, SCALE, dy);
            dy.iter_mut().for_each(|dy| *dy *= 2.0);
            total
        };
        check(squared, each(|y, t| (y - t) * (y - t)), &x);
    }

    #[test]
    fn cross_entropy_of_extreme_logits_is_exact() {
        let mut dz = [0.0; 3];
        let loss = softmax_cross_entropy(&[300.0, 0.0, -300.0], &[2], 1.0, &mut dz);
        assert!((loss - 600.0).abs() < 1e-9, "{loss}");
        assert_eq!(dz[2], -1.0);
        assert_eq!(softmax_cross_entropy(&[], &[], 1.0, &mut []), 0.0);
    }

    #[test]
    fn argmax_takes_the_first() {
        assert_eq!([argmax(&[1.0]), argmax(&[1.0, 3.0, 3.0]), argmax(&[-1.0, -2.0])], [0, 1, 0]);
    }
}
