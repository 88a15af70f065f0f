//! What the network reads in the learner's own digits. The network is a copy: the run may go on learning.

use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::questions::{OwnReadings, OwnReadingsAnswer};
use crate::worker::run::Run;
use inkling_engine::data::{Dataset, OwnDigits};
use inkling_engine::evaluation::Evaluator;
use inkling_engine::explain::ExplainError;
use inkling_engine::model::{Model, Workspace};
use std::sync::Arc;

/// Digits that are run together.
const CHUNK: usize = 25;

struct OwnReadingsJob {
    model: Model,
    n_steps: usize,
    workspace: Workspace,
    evaluator: Evaluator,
}

impl Answerable for OwnReadings {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<OwnReadings>, ExplainError> {
        let fault = |error| ExplainError::new("own digits", "digits that fit the network", error);
        let nothing = OwnDigits::default();
        let own = asked.own_digits.map_or(&nothing, Arc::as_ref);
        let images = Dataset::digits(own.pixels().to_vec(), own.labels().to_vec()).map_err(fault)?;
        let images = asked.run.checked.arranged(&Arc::new(images));
        let model = asked.run.model().clone();
        images.check_shape(model.input_shape().size(), model.n_outputs(), model.loss()).map_err(fault)?;
        Ok(Outcome::Job(Box::new(OwnReadingsJob {
            workspace: Workspace::new(&model),
            n_steps: asked.run.n_steps_seen(),
            model,
            evaluator: Evaluator::new(images),
        })))
    }
}

impl Job<OwnReadings> for OwnReadingsJob {
    fn step(&mut self, _run: &mut Run) -> bool {
        self.evaluator.chunk(&self.model, &mut self.workspace, CHUNK).is_some()
    }

    fn answer(&self) -> OwnReadingsAnswer {
        OwnReadingsAnswer { classes: self.evaluator.predictions().to_vec() }
    }

    fn n_steps(&self) -> Option<usize> {
        Some(self.n_steps)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::Preset;

    #[test]
    fn each_own_digit_is_read_whatever_its_number() {
        let mut run = Run::new(1, Preset::Softmax.experiment().check().unwrap());
        for n in [0, 1, 60] {
            let pixels = (0..n * 784).map(|idx| (idx * 7 % 256) as u8).collect();
            let own = Arc::new(OwnDigits::new(pixels, vec![3; n]).unwrap());
            let mut asked = Asked { run: &mut run, pixels: None, mnist: None, own_digits: Some(&own) };
            let Outcome::Job(mut job) = OwnReadings { n_changes: 1 }.answer(&mut asked).unwrap() else {
                panic!("a job")
            };
            while !job.step(&mut run) {}
            assert_eq!(job.answer().classes.len(), n);
        }
    }
}
