//! The end of a step: from the sum of the shards' gradients to new weights.

use super::held::held;
use super::{StepReport, Trainer};

impl Trainer {
    /// Adds the penalties and updates the weights.
    ///
    /// If loss, gradients or new weights are not finite, the weights stay as they were and the run ends with
    /// [`StopReason::NotFinite`](crate::history::StopReason::NotFinite).
    ///
    /// # Panics
    /// If a shard is missing.
    pub fn finish_step(&mut self) -> StepReport {
        let (gradients, total, moments) = self.batch.finish();
        let n_samples = total.n_samples as usize;
        let loss = total.loss_sum / n_samples as f64 + self.model.penalty(n_samples);
        let share = 1.0 / n_samples as f32;
        gradients.iter_mut().for_each(|gradient| *gradient *= share);
        self.model.add_penalty_gradient(n_samples, gradients);
        for mask in [&self.frozen, &self.dead] {
            held(gradients, mask).for_each(|(gradient, _)| *gradient = 0.0);
        }
        let mut is_finite = loss.is_finite() && are_finite(gradients);
        if is_finite {
            self.previous.clear();
            self.previous.extend_from_slice(self.model.weights());
            self.optimizer.step(self.model.weights_mut(), gradients, self.learning_rate);
            // The optimizer's memory would move them further. The dead ones first: those that die now are 0 already.
            for mask in [&self.dead, &self.frozen].into_iter().filter(|mask| !mask.is_empty()) {
                held(self.model.weights_mut(), mask).for_each(|(weight, idx)| *weight = self.previous[idx]);
            }
            self.model.shrink(&self.previous, self.learning_rate, &self.frozen, &mut self.dead);
            self.model.move_statistics(&self.previous, moments, &self.frozen);
            is_finite = are_finite(self.model.weights());
            if !is_finite {
                self.model.set_weights(&self.previous);
                self.revive();
            }
        }
        self.n_steps += 1;
        self.n_epoch_steps += 1;
        self.epoch_loss_sum += loss * n_samples as f64;
        self.epoch_n_correct += total.n_correct;
        self.epoch_n_samples += n_samples;
        let epoch_ended = self.n_epoch_steps == self.steps_per_epoch();
        let report = StepReport {
            epoch: self.epoch,
            step: self.n_epoch_steps,
            n_samples,
            loss,
            accuracy: f64::from(total.n_correct) / n_samples as f64,
            epoch_ended,
        };
        if !is_finite {
            self.stop_not_finite();
        } else if epoch_ended {
            self.leave_epoch();
        }
        report
    }
}

/// Whether no number is NaN or infinite. Tests their bits, so that the loop vectorises.
fn are_finite(numbers: &[f32]) -> bool {
    const INFINITY_BITS: u32 = f32::INFINITY.to_bits();
    numbers.iter().fold(0, |max, number| max.max(number.to_bits() & 0x7FFF_FFFF)) < INFINITY_BITS
}
