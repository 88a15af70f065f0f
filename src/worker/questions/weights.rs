//! Kernel and bias of a layer.

use super::{Answerable, Asked, Outcome};
use crate::protocol::questions::{Weights, WeightsAnswer};
use inkling_engine::explain::ExplainError;

impl Answerable for Weights {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Weights>, ExplainError> {
        let layers = asked.run.checked.layers();
        ExplainError::check_index("layer", self.layer_idx, layers.len())?;
        let kernel_shape = layers[self.layer_idx].kernel_shape();
        let values = asked.run.weights_of(self.layer_idx, self.kind);
        Ok(Outcome::Answer(WeightsAnswer { kernel_shape, values }))
    }
}
