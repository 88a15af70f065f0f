//! One optimizer update of a slice of weights, and the gradient of the penalties on them.
//!
//! The simplest first. All slices of a call have the same length.

/// `w -= learning_rate · g`.
pub fn sgd(weights: &mut [f32], gradients: &[f32], learning_rate: f32) {
    assert_eq!(weights.len(), gradients.len(), "weights and gradients");
    weights.iter_mut().zip(gradients).for_each(|(w, g)| *w -= learning_rate * g);
}

/// `u = momentum·u - learning_rate·g`, then `w += u`, or with Nesterov `w += momentum·u - learning_rate·g`.
pub fn sgd_momentum(
    weights: &mut [f32],
    gradients: &[f32],
    velocity: &mut [f32],
    learning_rate: f32,
    momentum: f32,
    nesterov: bool,
) {
    assert_eq!((weights.len(), weights.len()), (gradients.len(), velocity.len()), "weights, gradients and velocity");
    for ((w, g), u) in weights.iter_mut().zip(gradients).zip(velocity) {
        let step = learning_rate * g;
        *u = momentum * *u - step;
        *w += if nesterov { momentum * *u - step } else { *u };
    }
}

/// `v = rho·v + (1 - rho)·g²`, `w -= learning_rate · g / sqrt(v + epsilon)` (Keras' form).
/// `one_minus_rho` is passed in, rounded once from `f64`.
pub fn rms_prop(
    weights: &mut [f32],
    gradients: &[f32],
    square_mean: &mut [f32],
    learning_rate: f32,
    [rho, one_minus_rho]: [f32; 2],
    epsilon: f32,
) {
    assert_eq!((weights.len(), weights.len()), (gradients.len(), square_mean.len()), "weights, gradients and v");
    for ((w, g), v) in weights.iter_mut().zip(gradients).zip(square_mean) {
        *v = rho * *v + one_minus_rho * (g * g);
        *w -= learning_rate * g / (*v + epsilon).sqrt();
    }
}

/// The numbers of one Adam step, the same for all weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdamStep {
    /// `learning_rate · sqrt(1 - beta_2^t) / (1 - beta_1^t)`.
    pub step_size: f32,
    /// Decay of the mean, and `1 -` it rounded from `f64`.
    pub beta_1: [f32; 2],
    /// Decay of the mean square, and `1 -` it rounded from `f64`.
    pub beta_2: [f32; 2],
    /// Added to the uncorrected root ("epsilon hat").
    pub epsilon: f32,
}

impl AdamStep {
    /// The numbers of step `t`, counted from 1.
    #[must_use]
    pub fn new(learning_rate: f64, beta_1: f64, beta_2: f64, epsilon: f64, t: u64) -> Self {
        let t = i32::try_from(t).unwrap_or(i32::MAX);
        let correction = (1.0 - beta_2.powi(t)).sqrt() / (1.0 - beta_1.powi(t));
        AdamStep {
            step_size: (learning_rate * correction) as f32,
            beta_1: [beta_1 as f32, (1.0 - beta_1) as f32],
            beta_2: [beta_2 as f32, (1.0 - beta_2) as f32],
            epsilon: epsilon as f32,
        }
    }
}

/// `m = beta_1·m + (1-beta_1)·g`, `v = beta_2·v + (1-beta_2)·g²`, `w -= step_size · m / (sqrt(v) + epsilon)`
/// (Kingma & Ba 2015, the form at the end of section 2).
pub fn adam(weights: &mut [f32], gradients: &[f32], mean: &mut [f32], square_mean: &mut [f32], step: &AdamStep) {
    assert_eq!((weights.len(), weights.len()), (gradients.len(), mean.len()), "weights, gradients and m");
    assert_eq!(weights.len(), square_mean.len(), "weights and v");
    for (((w, g), m), v) in weights.iter_mut().zip(gradients).zip(mean).zip(square_mean) {
        *m = step.beta_1[0] * *m + step.beta_1[1] * g;
        *v = step.beta_2[0] * *v + step.beta_2[1] * (g * g);
        *w -= step.step_size * *m / (v.sqrt() + step.epsilon);
    }
}

/// `w -= share · w`: weight decay.
pub fn decay(weights: &mut [f32], share: f32) {
    weights.iter_mut().for_each(|w| *w -= share * *w);
}

/// Adds the gradient of a penalty: `g += sign_factor · sign(w) + factor · w` with `sign(0) = 0`.
/// Keras' `l1·Σ|w| + l2·Σw²` has `[l1, 2·l2]`, scikit-learn's `alpha/2·Σw²/n` has `[0, alpha/n]`.
pub fn add_penalty_gradient(weights: &[f32], [sign_factor, factor]: [f32; 2], gradients: &mut [f32]) {
    assert_eq!(weights.len(), gradients.len(), "weights and gradients");
    for (g, &w) in gradients.iter_mut().zip(weights) {
        let sign = if w > 0.0 {
            1.0
        } else if w < 0.0 {
            -1.0
        } else {
            0.0
        };
        *g += sign_factor * sign + factor * w;
    }
}

/// `[Σ|w|, Σw²]` in `f64`, the two sums that penalties are computed from.
#[must_use]
pub fn penalty_sums(weights: &[f32]) -> [f64; 2] {
    weights.iter().map(|&w| f64::from(w)).fold([0.0, 0.0], |[l1, l2], w| [l1 + w.abs(), l2 + w * w])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn penalties_and_their_gradient() {
        let weights = [2.0, -3.0, 0.0];
        let mut gradients = [10.0; 3];
        add_penalty_gradient(&weights, [0.5, 0.25], &mut gradients);
        assert_eq!(gradients, [11.0, 8.75, 10.0]);
        assert_eq!(penalty_sums(&weights), [5.0, 13.0]);
    }
}
