//! Which pixels speak for a class.

use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::questions::{Saliency, SaliencyAnswer};
use crate::worker::run::Run;
use inkling_engine::explain::{ExplainError, Occlusion, OcclusionConfig, gradient_times_input};
use ndarray::Array2;

/// The patch that covers the image: odd, so that it has a middle.
const PATCH: [usize; 2] = [5, 5];
/// Places that are covered together.
const N_PLACES: usize = 8;

struct SaliencyJob {
    gradient_input: Array2<f32>,
    occlusion: Occlusion,
}

impl Answerable for Saliency {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Saliency>, ExplainError> {
        let (class, look) = (self.class, asked.look()?);
        let config = OcclusionConfig { window: PATCH, strides: [1, 1], class };
        let occlusion = Occlusion::new(look.image.view(), look.probs().len(), config)?;
        let (model, workspace) = asked.run.model_and_workspace();
        let gradient = model.input_gradient(workspace, look.pixels(), class);
        let gradient_input = gradient_times_input(gradient.view(), look.image.view());
        Ok(Outcome::Job(Box::new(SaliencyJob { gradient_input, occlusion })))
    }
}

impl Job<Saliency> for SaliencyJob {
    fn step(&mut self, run: &mut Run) -> bool {
        let (model, workspace) = run.model_and_workspace();
        self.occlusion.step(N_PLACES, |images| model.logits(workspace, images))
    }

    fn answer(&self) -> SaliencyAnswer {
        let values = self.gradient_input.iter().copied().chain(self.occlusion.map()).collect();
        SaliencyAnswer { progress: self.occlusion.progress(), values }
    }
}
