//! The test set, run on demand in slices; training holds meanwhile, so that one network is judged.

use super::channel::post;
use super::clock::{Throttle, now_ms};
use super::session::{DataSlot, Session};
use crate::protocol::{Evaluation, Event, RunId};
use inkling_engine::data::Dataset;
use inkling_engine::evaluation::Evaluator;
use std::sync::Arc;

/// How long a slice goes on beginning new chunks.
const SLICE_MS: f64 = 16.0;
/// Images that are run together.
const CHUNK: usize = 25;

/// A test set under way.
pub struct EvaluationJob {
    evaluator: Evaluator,
    test: Arc<Dataset>,
    throttle: Throttle,
}

impl Session {
    /// Takes up the test set. Before it is loaded nothing happens: the page offers no button then.
    pub(super) fn begin_evaluation(&mut self, run: RunId) {
        let DataSlot::Loaded(mnist) = &self.data else { return };
        let test = mnist.test.clone();
        if self.run_of(run).is_some_and(|run| run.checked.input_shape().size() == test.input_len()) {
            self.evaluation =
                Some(EvaluationJob { evaluator: Evaluator::new(test.clone()), test, throttle: Throttle::new(33.0) });
            self.ticker.wake();
        }
    }

    pub(super) fn evaluate_slice(&mut self) {
        let (Some(run), Some(job)) = (&mut self.run, &mut self.evaluation) else { return };
        let (id, n_steps) = (run.id, run.n_steps);
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
                    confusion: done.confusion(&job.test, 10).map_or_else(Vec::new, |confusion| confusion.counts),
                };
                self.evaluation = None;
                return post(Event::Evaluated { run: id, evaluation });
            }
        }
        if job.throttle.is_due() {
            post(Event::Evaluating { run: id, n_done: job.evaluator.n_done(), n_total: job.evaluator.n_total() });
        }
    }
}
