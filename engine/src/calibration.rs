//! Whether a network is as often right as it says: confidence against accuracy, and the temperature that brings them
//! together.
//!
//! Source: Guo, Pleiss, Sun, Weinberger: On calibration of modern neural networks, 2017.

use crate::kernels::loss::argmax;

/// The samples whose confidence lies in one interval `(low, high]`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bin {
    /// Samples.
    pub count: usize,
    /// Mean confidence; 0 without samples.
    pub confidence: f64,
    /// Share recognised; 0 without samples.
    pub accuracy: f64,
}

/// Confidence against accuracy, in intervals of equal width.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// From confidence 0 to 1.
    pub bins: Vec<Bin>,
    /// Expected calibration error: mean gap between confidence and accuracy, weighted by samples.
    pub ece: f64,
    /// Maximum calibration error: the largest gap.
    pub mce: f64,
}

impl Reliability {
    /// Sorts samples by confidence: pairs of confidence in `[0, 1]` and whether the sample was recognised. An edge belongs to
    /// the lower interval.
    #[must_use]
    pub fn new(samples: impl IntoIterator<Item = (f64, bool)>, n_bins: usize) -> Reliability {
        let mut bins = vec![Bin::default(); n_bins];
        let mut n_samples = 0;
        for (confidence, is_right) in samples {
            let place = (confidence * n_bins as f64).ceil() as usize;
            let Some(bin) = bins.get_mut(place.clamp(1, n_bins.max(1)) - 1) else { continue };
            n_samples += 1;
            bin.count += 1;
            bin.confidence += confidence;
            bin.accuracy += f64::from(u8::from(is_right));
        }
        let (mut ece, mut mce) = (0.0, 0.0_f64);
        for bin in bins.iter_mut().filter(|bin| bin.count > 0) {
            bin.confidence /= bin.count as f64;
            bin.accuracy /= bin.count as f64;
            ece += bin.count as f64 / n_samples as f64 * bin.gap();
            mce = mce.max(bin.gap());
        }
        Reliability { bins, ece, mce }
    }
}

impl Bin {
    /// Distance between confidence and accuracy.
    #[must_use]
    pub fn gap(&self) -> f64 {
        (self.accuracy - self.confidence).abs()
    }
}

/// The softmax of `logits / temperature`.
#[must_use]
pub fn tempered(logits: &[f32], temperature: f64) -> Vec<f64> {
    let largest = logits.iter().fold(f32::NEG_INFINITY, |largest, logit| largest.max(*logit));
    let mut probs: Vec<f64> = logits.iter().map(|logit| (f64::from(logit - largest) / temperature).exp()).collect();
    let sum: f64 = probs.iter().sum();
    probs.iter_mut().for_each(|prob| *prob /= sum);
    probs
}

/// Confidence (the largest probability) and whether that class is the label, for each of `logits`, `[n, n_classes]`.
pub fn confidences(
    logits: &[f32],
    n_classes: usize,
    labels: &[u8],
    temperature: f64,
) -> impl Iterator<Item = (f64, bool)> {
    logits.chunks_exact(n_classes.max(1)).zip(labels).map(move |(row, label)| {
        let confidence = tempered(row, temperature).into_iter().fold(0.0, f64::max);
        (confidence, argmax(row) == usize::from(*label))
    })
}

/// Mean cross-entropy of `logits / temperature`, `[n, n_classes]`.
///
/// # Panics
/// If a label is not a class.
#[must_use]
pub fn negative_log_likelihood(logits: &[f32], n_classes: usize, labels: &[u8], temperature: f64) -> f64 {
    let sum: f64 = Rows { logits, n_classes, labels }
        .iter()
        .map(|(row, label)| loss_and_slope(row, label, 1.0 / temperature).0)
        .sum();
    sum / labels.len().max(1) as f64
}

/// The temperature with the least cross-entropy, in `[0.01, 100]`: it moves no argmax. 1 without samples, or if a logit is
/// not finite.
///
/// The cross-entropy is convex in `1 / temperature`, so its slope has one root: found by bisection of the logarithm, to full
/// precision.
///
/// # Panics
/// If a label is not a class.
#[must_use]
pub fn fit_temperature(logits: &[f32], n_classes: usize, labels: &[u8]) -> f64 {
    if labels.is_empty() || logits.iter().any(|logit| !logit.is_finite()) {
        return 1.0;
    }
    let rows = Rows { logits, n_classes, labels };
    let slope = |inverse: f64| rows.iter().map(|(row, label)| loss_and_slope(row, label, inverse).1).sum::<f64>();
    let (mut low, mut high) = (0.01_f64.ln(), 100.0_f64.ln());
    for _ in 0..N_HALVINGS {
        let middle = f64::midpoint(low, high);
        // A rising cross-entropy: less of 1 / temperature, which is a greater temperature.
        if slope((-middle).exp()) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high).exp()
}

/// Narrows the logarithm of the temperature to 1e-9.
const N_HALVINGS: usize = 34;

struct Rows<'a> {
    logits: &'a [f32],
    n_classes: usize,
    labels: &'a [u8],
}

impl Rows<'_> {
    fn iter(&self) -> impl Iterator<Item = (&[f32], usize)> {
        self.logits.chunks_exact(self.n_classes.max(1)).zip(self.labels.iter().map(|label| usize::from(*label)))
    }
}

/// Cross-entropy of `inverse · logits`, and its slope by `inverse`: the mean logit under the softmax, less the label's.
fn loss_and_slope(logits: &[f32], label: usize, inverse: f64) -> (f64, f64) {
    let largest = f64::from(logits.iter().fold(f32::NEG_INFINITY, |largest, logit| largest.max(*logit)));
    let (mut sum, mut weighted) = (0.0, 0.0);
    for &logit in logits {
        let above = f64::from(logit) - largest;
        let weight = (inverse * above).exp();
        sum += weight;
        weighted += weight * above;
    }
    let of_label = f64::from(logits[label]) - largest;
    (sum.ln() - inverse * of_label, weighted / sum - of_label)
}

/// Entropy of probabilities in nats: 0 for certainty, `ln n` for `n` equal ones.
#[must_use]
pub fn entropy(probs: &[f64]) -> f64 {
    probs.iter().filter(|prob| **prob > 0.0).map(|prob| -prob * prob.ln()).sum()
}

/// The largest probability less the second: 0 for a tie, 1 for certainty.
#[must_use]
pub fn margin(probs: &[f64]) -> f64 {
    let (mut first, mut second) = (0.0_f64, 0.0_f64);
    for &prob in probs {
        if prob > first {
            (first, second) = (prob, first);
        } else {
            second = second.max(prob);
        }
    }
    first - second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certainty_and_doubt() {
        assert_eq!((entropy(&[1.0, 0.0]), margin(&[1.0, 0.0])), (0.0, 1.0));
        assert!((entropy(&[0.25; 4]) - 4.0_f64.ln()).abs() < 1e-15);
        assert!((margin(&[0.1, 0.5, 0.4]) - 0.1).abs() < 1e-15);
    }

    #[test]
    fn temperature_one_is_the_softmax_and_a_high_one_levels_it() {
        let probs = tempered(&[1.0, 0.0], 1.0);
        assert!((probs[0] - 1.0 / (1.0 + (-1.0_f64).exp())).abs() < 1e-12);
        assert!((tempered(&[1.0, 0.0], 1e6)[0] - 0.5).abs() < 1e-6);
    }

    #[test]
    fn logits_that_are_not_numbers_leave_the_temperature() {
        assert_eq!(fit_temperature(&[f32::NAN, 0.0], 2, &[0]), 1.0);
        assert_eq!(fit_temperature(&[], 2, &[]), 1.0);
    }

    #[test]
    fn all_right_wants_the_lowest_temperature() {
        assert!(fit_temperature(&[2.0, 0.0, 0.0, 1.0], 2, &[0, 1]) < 0.0101);
    }
}
