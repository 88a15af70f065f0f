//! TensorFlow Playground's penalty, which shrinks the kernels after an update instead of changing the gradient.

use crate::experiment::Regularization;
use crate::layers::ParamRange;
use std::ops::Range;

/// How kernels shrink; biases don't.
#[derive(Debug, Clone, PartialEq)]
pub struct Shrinking {
    kernels: Vec<Range<usize>>,
    l1: f64,
    l2: f64,
}

impl Shrinking {
    /// That of a network whose layers' weights lie at `params`; `None` if nothing shrinks.
    #[must_use]
    pub fn new(params: &[ParamRange], regularization: Regularization) -> Option<Shrinking> {
        match regularization {
            Regularization::Playground { l1, l2 } if l1 > 0.0 || l2 > 0.0 => {
                Some(Shrinking { kernels: params.iter().map(ParamRange::kernel).collect(), l1, l2 })
            }
            _ => None,
        }
    }

    /// Whether weights can die of it: become 0 for good.
    #[must_use]
    pub fn is_deadly(&self) -> bool {
        self.l1 > 0.0
    }

    /// Shrinks all weights of kernels after an update that they had `before`, but the frozen ones. Those that `l1` would
    /// carry over 0 become 0 and are marked in `dead`.
    ///
    /// # Shapes
    /// One number or flag a weight; `frozen` and `dead` may be empty.
    pub fn apply(&self, before: &[f32], weights: &mut [f32], learning_rate: f64, frozen: &[bool], dead: &mut [bool]) {
        for idx in self.kernels.iter().cloned().flatten() {
            if frozen.get(idx).is_some_and(|&is_frozen| is_frozen) {
                continue;
            }
            let (old, updated) = (f64::from(before[idx]), f64::from(weights[idx]));
            let sign = if old == 0.0 { 0.0 } else { old.signum() };
            let shrunk = updated - learning_rate * (self.l1 * sign + self.l2 * old);
            let is_dying = self.is_deadly() && updated * shrunk < 0.0;
            weights[idx] = if is_dying { 0.0 } else { shrunk as f32 };
            if is_dying && let Some(dead) = dead.get_mut(idx) {
                *dead = true;
            }
        }
    }

    /// Marks the weights of kernels that are 0, as those that died are.
    pub fn mark_zeros(&self, weights: &[f32], dead: &mut [bool]) {
        for idx in self.kernels.iter().cloned().flatten() {
            if let Some(dead) = dead.get_mut(idx) {
                *dead = weights[idx] == 0.0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;

    fn shrinking(l1: f64, l2: f64) -> Shrinking {
        let params = [ParamRange { start: 0, n_kernel: 3, n_bias: 1, n_normalized: 0 }];
        Shrinking::new(&params, Regularization::Playground { l1, l2 }).unwrap()
    }

    #[test]
    fn weights_shrink_by_what_they_were_before_the_update() {
        let (before, mut weights) = ([0.5, -0.25, 0.0, 1.0], [0.75, -0.5, 0.125, 2.0]);
        shrinking(0.0, 0.5).apply(&before, &mut weights, 0.5, &[], &mut []);
        assert_eq!(weights, [0.625, -0.4375, 0.125, 2.0], "biases stay");
        let mut weights = [0.75, -0.5, 0.125, 2.0];
        shrinking(0.5, 0.0).apply(&before, &mut weights, 0.5, &[true, false, false, false], &mut [false; 4]);
        assert_eq!(weights, [0.75, -0.25, 0.125, 2.0], "the first is frozen");
    }

    #[test]
    fn what_l1_would_carry_over_0_dies() {
        // The update itself may cross 0; and a weight that comes to lie on 0 lives.
        let (before, mut weights, mut dead) = ([0.5, 0.5, 0.5, 0.5], [0.125, -0.125, 0.25, 0.125], [false; 4]);
        shrinking(0.5, 0.0).apply(&before, &mut weights, 0.5, &[], &mut dead);
        assert_eq!(weights, [0.0, -0.375, 0.0, 0.125]);
        assert_eq!(dead, [true, false, false, false]);
        let mut weights = [0.125; 4];
        shrinking(0.0, 0.5).apply(&[1.0; 4], &mut weights, 1.0, &[], &mut []);
        assert_eq!(weights, [-0.375, -0.375, -0.375, 0.125], "l2 alone kills none");
    }
}
