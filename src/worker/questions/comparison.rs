//! The outputs for the subject, without and with the edits that can be undone.

use super::{Answerable, Asked, Outcome};
use crate::protocol::questions::{Comparison, ComparisonAnswer};
use inkling_engine::explain::ExplainError;

impl Answerable for Comparison {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Comparison>, ExplainError> {
        let look = asked.look()?;
        let run = &mut *asked.run;
        // Layer by layer as the present outputs are: the fused passes differ from that in the last bits.
        let before = run
            .edit_session
            .before()
            .and_then(|before| before.activations(&mut run.workspace, &look.pixels).pop().map(|output| output.values));
        Ok(Outcome::Answer(ComparisonAnswer { before, after: look.probs().to_vec() }))
    }
}
