//! An update in parts, for the bench.

use super::{StepReport, Trainer};
use crate::model::StepPart;

impl Trainer {
    /// As [`step`](Trainer::step), one shard after the other; calls `on_end` at the end of each part. Where batches are
    /// not normalized, the same bits come out.
    ///
    /// # Panics
    /// Unless the stage is [`Stage::Step`](super::Stage::Step).
    pub fn step_in_parts(&mut self, on_end: &mut dyn FnMut(StepPart)) -> StepReport {
        self.begin_batch();
        for shard_idx in 0..self.batch.heads().len() {
            self.batch.compute_in_parts(shard_idx, &self.dataset, &self.model, &mut self.workspace, on_end);
        }
        let report = self.finish_step();
        on_end(StepPart::Update);
        report
    }
}
