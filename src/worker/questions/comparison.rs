//! The outputs for the subject, without and with the edits that can be undone.

use super::{Answerable, Asked, Outcome};
use crate::protocol::questions::{Comparison, ComparisonAnswer};
use inkling_engine::explain::ExplainError;
use inkling_engine::model::Model;

impl Answerable for Comparison {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Comparison>, ExplainError> {
        let look = asked.look()?;
        let run = &mut *asked.run;
        // Layer by layer as the present outputs are: the fused passes differ from that in the last bits.
        let output_of = |model: &Model| model.activations(&mut run.workspace, look.pixels()).pop();
        let before = run.edit_session.before().and_then(output_of).map(|output| output.as_slice().to_vec());
        Ok(Outcome::Answer(ComparisonAnswer { before, after: look.probs().to_vec() }))
    }
}
