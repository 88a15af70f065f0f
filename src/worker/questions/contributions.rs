//! The logits as sums over the last layer's inputs.

use super::{Answerable, Asked, Outcome};
use crate::protocol::questions::{Contributions, ContributionsAnswer};
use inkling_engine::explain::{ExplainError, SourceImage, logit_contributions};
use inkling_engine::layers::KernelView;
use ndarray::s;

/// Contributions that are listed, for and against.
const N_LARGEST: usize = 12;

impl Answerable for Contributions {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Contributions>, ExplainError> {
        let look = asked.look()?;
        let Some(layer_idx) = look.logits_idx() else {
            return Ok(Outcome::Answer(ContributionsAnswer { outputs: Vec::new() }));
        };
        let model = asked.run.model();
        let (Some(KernelView::Dense(kernel)), Some(bias)) = (model.kernel(layer_idx), model.bias(layer_idx)) else {
            return Ok(Outcome::Answer(ContributionsAnswer { outputs: Vec::new() }));
        };
        let source = SourceImage::of(&look.layers, layer_idx);
        let input = look.input_of(layer_idx).slice_move(s![0, 0, ..]);
        let outputs = logit_contributions(input, kernel, bias, source.as_ref(), N_LARGEST);
        Ok(Outcome::Answer(ContributionsAnswer { outputs }))
    }
}
