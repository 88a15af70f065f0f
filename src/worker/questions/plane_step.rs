//! One training step by one point of the plane, tried out with what the optimizer remembers at present.

use super::{Answerable, Asked, Outcome};
use crate::protocol::questions::{PlaneStep, PlaneStepAnswer};
use inkling_engine::explain::ExplainError;

impl Answerable for PlaneStep {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<PlaneStep>, ExplainError> {
        let run = &mut *asked.run;
        let (_, split) =
            run.computed_data().map_err(|error| ExplainError::new("data", "points of the plane", error))?;
        ExplainError::check_index("point", self.point, split.train.len())?;
        let (trainer, workspace) = run.trainer_and_workspace().ok_or_else(nothing_begun)?;
        let step = trainer.point_step(workspace, split.train[self.point] as usize).ok_or_else(nothing_begun)?;
        let values = [trainer.model().weights(), &step.gradients, &step.after].concat();
        Ok(Outcome::Answer(PlaneStepAnswer {
            x: step.x,
            layers: step.layers,
            outputs: step.outputs,
            target: step.target,
            loss: step.loss,
            loss_after: step.loss_after,
            learning_rate: trainer.learning_rate(),
            values,
        }))
    }
}

fn nothing_begun() -> ExplainError {
    ExplainError::new("run", "one that has begun", "none")
}
