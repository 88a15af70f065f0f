//! Questions to the runs' networks, and the jobs that answer those that take a while, between the slices of training.

use super::channel::post;
use super::clock::{Throttle, now_ms};
use super::context::{Context, DataSlot};
use super::questions::{AnyJob, AnyOutcome, Asked, answer};
use super::run::Run;
use crate::protocol::{AnyQuestion, Event, RunId};
use inkling_engine::explain::ExplainError;

/// How long a slice goes on beginning new pieces.
const SLICE_MS: f64 = 12.0;
/// Time between two answers of a job.
const REPORT_PERIOD_MS: f64 = 120.0;

/// The jobs under way, at most one per run and kind of question.
#[derive(Default)]
pub struct Jobs {
    jobs: Vec<RunningJob>,
}

struct RunningJob {
    run: RunId,
    throttle: Throttle,
    job: Box<dyn AnyJob>,
}

impl Jobs {
    /// Answers a question at once, or begins a job in the place of an older one of its kind.
    pub fn ask(&mut self, context: &mut Context, run: RunId, question: AnyQuestion, pixels: Option<Vec<f32>>) {
        if let Some(Err(error)) = self.begin(context, run, question, pixels) {
            post(Event::Refused { run, question, message: error.to_string() });
        }
    }

    /// As [`ask`](Jobs::ask), but without a word if the question does not fit; `None` if there is no such run.
    pub fn begin(
        &mut self,
        context: &mut Context,
        run: RunId,
        question: AnyQuestion,
        pixels: Option<Vec<f32>>,
    ) -> Option<Result<(), ExplainError>> {
        let Context { runs, data, .. } = context;
        let mnist = if let DataSlot::Loaded(mnist) = data { Some(&*mnist) } else { None };
        let asked_run = runs.get_mut(run)?;
        let n_steps = asked_run.n_steps_seen();
        let outcome = answer(question, &mut Asked { run: asked_run, pixels, mnist });
        Some(outcome.map(|outcome| match outcome {
            AnyOutcome::Answer(answer) => post(Event::Answered { run, n_steps, question, answer }),
            AnyOutcome::Job(job) => {
                self.withdraw(run, question);
                self.jobs.push(RunningJob { run, throttle: Throttle::new(REPORT_PERIOD_MS), job });
                context.ticker.wake();
            }
        }))
    }

    /// Stops work on questions of that kind.
    pub fn withdraw(&mut self, run: RunId, question: AnyQuestion) {
        self.jobs.retain(|job| job.run != run || !job.job.question().is_of_kind(question));
    }

    /// Forgets all jobs of a run that is closed.
    pub fn close(&mut self, run: RunId) {
        self.jobs.retain(|job| job.run != run);
    }

    /// Works on one job for a while; the jobs take turns.
    pub fn tick(&mut self, context: &mut Context) {
        if self.jobs.is_empty() {
            return;
        }
        let mut job = self.jobs.remove(0);
        let Some(run) = context.runs.get_mut(job.run) else { return };
        if !job.work(run) {
            self.jobs.push(job);
        }
        context.ticker.wake();
    }
}

impl RunningJob {
    /// Works for a while; `true` when all is done.
    fn work(&mut self, run: &mut Run) -> bool {
        let end_ms = now_ms() + SLICE_MS;
        let mut is_done = false;
        while !is_done && now_ms() < end_ms {
            is_done = self.job.step(run);
        }
        if is_done || self.throttle.is_due() {
            let n_steps = self.job.n_steps().unwrap_or(run.n_steps_seen());
            let (question, answer) = (self.job.question(), self.job.answer());
            post(Event::Answered { run: run.id, n_steps, question, answer });
        }
        is_done
    }
}
