//! Weights that TensorFlow Playground's L1 penalty has set to 0 for good.

use super::Trainer;

impl Trainer {
    /// Which weights are dead, one flag a weight; empty where none can die.
    #[must_use]
    pub fn dead(&self) -> &[bool] {
        &self.dead
    }

    /// Weights that are something else than 0 live again.
    pub(super) fn revive(&mut self) {
        for (is_dead, weight) in self.dead.iter_mut().zip(self.model.weights()) {
            *is_dead &= *weight == 0.0;
        }
    }

    /// Takes weights that are 0 for dead, in a run that goes on from another one's weights: it cannot know which of them were
    /// set to 0 by hand.
    pub(super) fn find_dead(&mut self) {
        if let Some(shrinking) = self.model.shrinking() {
            shrinking.mark_zeros(self.model.weights(), &mut self.dead);
        }
    }
}
