//! The test set, run on demand in slices; training waits meanwhile, so that one network is judged.

use super::channel::post;
use super::clock::{Throttle, now_ms};
use super::context::Context;
use crate::protocol::{Evaluation, Event, RunId};
use inkling_engine::data::Dataset;
use inkling_engine::evaluation::Evaluator;
use std::sync::Arc;

/// How long a slice goes on beginning new chunks.
const SLICE_MS: f64 = 16.0;
/// Images that are run together.
const CHUNK: usize = 25;

/// The evaluation under way, if there is one.
#[derive(Default)]
pub struct TestSetEvaluation {
    job: Option<Job>,
}

struct Job {
    run: RunId,
    evaluator: Evaluator,
    test: Arc<Dataset>,
    throttle: Throttle,
}

impl TestSetEvaluation {
    /// Takes up the test set. Before it is loaded, or if the run's data set has none, nothing happens: the page
    /// offers no button then.
    pub fn begin(&mut self, context: &Context, run: RunId) {
        let (Some(mnist), Some(evaluated)) = (context.mnist(), context.runs.get(run)) else { return };
        let test = evaluated.checked.arranged(&mnist.test);
        let is_of_its_data = evaluated.checked.data().n_test == test.len();
        if is_of_its_data && evaluated.checked.input_shape().size() == test.input_len() {
            let evaluator = Evaluator::new(test.clone());
            self.job = Some(Job { run, evaluator, test, throttle: Throttle::new(33.0) });
            context.ticker.wake();
        }
    }

    /// Begins again if a run's network, which is being evaluated, has changed.
    pub fn restart(&mut self, context: &Context, run: RunId) {
        if self.job.as_ref().is_some_and(|job| job.run == run) {
            self.begin(context, run);
        }
    }

    /// Stops if the run is closed.
    pub fn close(&mut self, run: RunId) {
        self.job.take_if(|job| job.run == run);
    }

    /// One slice; `true` if there was something to do.
    pub fn tick(&mut self, context: &mut Context) -> bool {
        let Some(job) = &mut self.job else { return false };
        context.ticker.wake();
        let Some(run) = context.runs.get_mut(job.run) else {
            self.job = None;
            return true;
        };
        let (id, n_steps, n_classes) = (run.id, run.n_steps_seen(), run.checked.data().n_outputs);
        let end_ms = now_ms() + SLICE_MS;
        while now_ms() < end_ms {
            let (model, workspace) = run.model_and_workspace();
            if let Some(done) = job.evaluator.chunk(model, workspace, CHUNK) {
                let evaluation = Evaluation {
                    n_steps,
                    loss: done.loss,
                    accuracy: done.accuracy,
                    n_samples: job.test.len(),
                    wrong: done.wrong(&job.test),
                    confusion: done
                        .confusion(&job.test, n_classes)
                        .map_or_else(Vec::new, |confusion| confusion.0.into_iter().collect()),
                };
                self.job = None;
                post(Event::Evaluated { run: id, evaluation });
                return true;
            }
        }
        if job.throttle.is_due() {
            post(Event::Evaluating { run: id, n_done: job.evaluator.n_done(), n_total: job.evaluator.n_total() });
        }
        true
    }
}
