//! Mean negative logarithm of the probability that was given to the true class.
//!
//! Source: scikit-learn's [`log_loss`](https://scikit-learn.org/stable/modules/generated/sklearn.metrics.log_loss.html).

/// The log loss of `probs`, `[n, n_classes]`, with probabilities clipped to `[eps, 1 - eps]` where `eps` is the machine
/// epsilon of f64; 0 without samples.
///
/// # Panics
/// If a label is not a class.
#[must_use]
pub fn log_loss(probs: &[f64], n_classes: usize, labels: &[u8]) -> f64 {
    let rows = probs.chunks_exact(n_classes.max(1)).zip(labels);
    let clipped = |prob: f64| prob.clamp(f64::EPSILON, 1.0 - f64::EPSILON);
    let sum: f64 = rows.map(|(row, label)| -clipped(row[usize::from(*label)]).ln()).sum();
    sum / labels.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::log_loss;

    #[test]
    fn even_odds_cost_ln_2() {
        assert!((log_loss(&[0.5, 0.5], 2, &[1]) - std::f64::consts::LN_2).abs() < 1e-15);
        assert!(log_loss(&[1.0, 0.0], 2, &[1]).is_finite(), "a probability of 0 is clipped");
    }
}
