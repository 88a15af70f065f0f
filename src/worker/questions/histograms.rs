//! How a layer's numbers are spread.

use super::{Answerable, Asked, Outcome};
use crate::protocol::questions::{Histograms, HistogramsAnswer, Spread, WeightKind};
use inkling_engine::explain::{ExplainError, Histogram, Statistics};

const N_BINS: usize = 40;

impl Answerable for Histograms {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Histograms>, ExplainError> {
        let (layer_idx, look) = (self.layer_idx, asked.look()?);
        ExplainError::check_index("layer", layer_idx, look.layers.len())?;
        let has_weights = look.layers[layer_idx].n_kernel > 0;
        let model = asked.run.model();
        Ok(Outcome::Answer(HistogramsAnswer {
            weights: has_weights.then(|| spread_of(&model.weights()[model.param_ranges()[layer_idx].kernel()])),
            activations: spread_of(look.activations[layer_idx].as_slice()),
            gradients: has_weights.then(|| spread_of(&asked.run.weights_of(layer_idx, WeightKind::Gradients))),
        }))
    }
}

fn spread_of(values: &[f32]) -> Spread {
    Spread { statistics: Statistics::of(values), histogram: Histogram::of(values, N_BINS) }
}
