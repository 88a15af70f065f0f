//! Weights that training must not change.

use super::Trainer;

impl Trainer {
    /// Freezes weights from the next update on: their gradients, penalties included, count as zero, and neither the
    /// optimizer's memory nor the return to the best epoch changes them. One flag per weight, or no flags to freeze
    /// nothing; see [`frozen_mask`](crate::explain::frozen_mask).
    ///
    /// # Panics
    /// If there are flags, but not as many as weights.
    pub fn set_frozen(&mut self, frozen: Vec<bool>) {
        assert!(frozen.is_empty() || frozen.len() == self.model.n_params(), "{} flags of frozen weights", frozen.len());
        self.frozen = frozen;
    }
}
