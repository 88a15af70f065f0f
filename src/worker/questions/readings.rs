//! What the network makes of every image that it is judged by.

use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::questions::{JudgedSet, Readings, ReadingsAnswer};
use crate::protocol::{ImageSet, Phase};
use crate::worker::run::Run;
use inkling_engine::data::Split;
use inkling_engine::evaluation::Evaluator;
use inkling_engine::explain::ExplainError;
use inkling_engine::model::{Model, Workspace};

/// Images that are run together.
const CHUNK: usize = 25;
/// Training images that stand for validation images where a run keeps none.
const N_INSTEAD: usize = 6_000;

struct ReadingsJob {
    /// A copy: the run may go on learning.
    model: Model,
    n_steps: usize,
    workspace: Workspace,
    evaluator: Evaluator,
}

impl Answerable for Readings {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Readings>, ExplainError> {
        if let Some(answer) = self.of_last_epoch(asked.run) {
            return Ok(Outcome::Answer(answer));
        }
        let (images, sample_idxs) = match self.set {
            JudgedSet::Validation => {
                let images = asked.images(ImageSet::Train)?;
                let Split { mut train, validation } = Split::new(&asked.run.checked, &images);
                train.truncate(N_INSTEAD);
                (images, if validation.is_empty() { train } else { validation })
            }
            JudgedSet::Test => {
                let images = asked.images(ImageSet::Test)?;
                let n = images.len() as u32;
                (images, (0..n).collect())
            }
        };
        let model = asked.run.model().clone();
        images
            .check_shape(model.input_shape().size(), model.n_outputs(), model.loss())
            .map_err(|error| ExplainError::new("data set", "images that fit the network", error))?;
        Ok(Outcome::Job(Box::new(ReadingsJob {
            workspace: Workspace::new(&model),
            n_steps: asked.run.n_steps_seen(),
            model,
            evaluator: Evaluator::on(images, sample_idxs),
        })))
    }
}

impl Readings {
    /// What the last validation has given, while the network trains or if it has not learned since.
    fn of_last_epoch(self, run: &mut Run) -> Option<ReadingsAnswer> {
        let (is_training, n_steps_now) = (run.phase == Phase::Training, run.n_steps_seen());
        let trainer = run.trainer_mut().filter(|_| self.set == JudgedSet::Validation)?;
        let found = trainer.validation()?;
        let n_steps = trainer.history().epochs.last()?.epoch * trainer.steps_per_epoch();
        let n_total = found.sample_idxs.len();
        (is_training || n_steps == n_steps_now).then(|| {
            ReadingsAnswer::new(n_steps, n_total, trainer.model().n_outputs(), &found.logits, &found.sample_idxs)
        })
    }
}

impl Job<Readings> for ReadingsJob {
    fn step(&mut self, _run: &mut Run) -> bool {
        self.evaluator.chunk(&self.model, &mut self.workspace, CHUNK).is_some()
    }

    fn answer(&self) -> ReadingsAnswer {
        let (evaluator, n_outputs) = (&self.evaluator, self.model.n_outputs());
        ReadingsAnswer::new(self.n_steps, evaluator.n_total(), n_outputs, evaluator.logits(), evaluator.done())
    }

    fn n_steps(&self) -> Option<usize> {
        Some(self.n_steps)
    }
}
