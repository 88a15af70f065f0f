//! What one network predicts for all images of a set.
//!
//! It takes seconds, and the run may go on learning meanwhile: the network that predicts is a copy from when the
//! question was asked, so that all predictions are those of the same weights.

use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::questions::{Predictions, PredictionsAnswer};
use crate::worker::run::Run;
use inkling_engine::evaluation::Evaluator;
use inkling_engine::explain::ExplainError;
use inkling_engine::model::{Model, Workspace};

/// Images that are run together.
const CHUNK: usize = 25;

struct PredictionsJob {
    model: Model,
    n_steps: usize,
    workspace: Workspace,
    evaluator: Evaluator,
}

impl Answerable for Predictions {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Predictions>, ExplainError> {
        let images = asked.images(self.set)?;
        asked.look()?;
        let (model, n_steps) = (asked.run.model().clone(), asked.run.n_steps_seen());
        let workspace = Workspace::new(&model);
        Ok(Outcome::Job(Box::new(PredictionsJob { model, n_steps, workspace, evaluator: Evaluator::new(images) })))
    }
}

impl Job<Predictions> for PredictionsJob {
    fn step(&mut self, _run: &mut Run) -> bool {
        self.evaluator.chunk(&self.model, &mut self.workspace, CHUNK).is_some()
    }

    fn answer(&self) -> PredictionsAnswer {
        PredictionsAnswer { n_total: self.evaluator.n_total(), classes: self.evaluator.predictions().to_vec() }
    }

    fn n_steps(&self) -> Option<usize> {
        Some(self.n_steps)
    }
}
