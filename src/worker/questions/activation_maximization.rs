//! An input that excites a unit or a channel, found by gradient ascent.

use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::questions::{ActivationMaximization, ActivationMaximizationAnswer};
use crate::worker::run::Run;
use inkling_engine::explain::{self, ActivationMaximizationConfig, ActivationMaximizationState, ExplainError};

struct ActivationMaximizationJob {
    question: ActivationMaximization,
    ascent: explain::ActivationMaximization,
}

impl Answerable for ActivationMaximization {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<ActivationMaximization>, ExplainError> {
        asked.channel_of(self.layer_idx, self.channel)?;
        asked.look()?;
        let input_shape = asked.run.checked.input_shape();
        let ascent = explain::ActivationMaximization::new(input_shape, ActivationMaximizationConfig::default())?;
        Ok(Outcome::Job(Box::new(ActivationMaximizationJob { question: self, ascent })))
    }
}

impl Job<ActivationMaximization> for ActivationMaximizationJob {
    fn step(&mut self, run: &mut Run) -> bool {
        let ActivationMaximization { layer_idx, channel } = self.question;
        let (model, workspace) = run.model_and_workspace();
        let state = self.ascent.step(|image| model.activation_gradient(workspace, image, layer_idx, channel));
        state != ActivationMaximizationState::Climbing
    }

    fn answer(&self) -> ActivationMaximizationAnswer {
        let snapshots = self.ascent.snapshots();
        ActivationMaximizationAnswer {
            snapshots: snapshots.iter().map(|snapshot| (snapshot.step, snapshot.objective)).collect(),
            progress: self.ascent.progress(),
            values: snapshots.iter().flat_map(|snapshot| snapshot.image.iter().copied()).collect(),
        }
    }
}
