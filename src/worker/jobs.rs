//! Questions to the runs' networks, and the jobs that answer those that take a while, between the slices of training.

use super::channel::post;
use super::clock::{Throttle, now_ms};
use super::context::{Context, DataSlot};
use super::questions::{AnyJob, AnyOutcome, Asked, answer};
use super::run::Run;
use crate::protocol::{AnyQuestion, Event, Phase, RunId};
use inkling_engine::explain::ExplainError;

/// How long a slice goes on beginning new pieces.
const SLICE_MS: f64 = 12.0;
/// Share of the time that long jobs may take while a run trains.
const LONG_SHARE: f64 = 0.08;
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
    /// A long job waits until then while a run trains.
    rests_until_ms: f64,
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
        let Context { runs, data, own_digits, .. } = context;
        let mnist = if let DataSlot::Loaded(mnist) = data { Some(&*mnist) } else { None };
        let asked_run = runs.get_mut(run)?;
        let n_steps = asked_run.n_steps_seen();
        let outcome = answer(question, &mut Asked { run: asked_run, pixels, mnist, own_digits: own_digits.as_ref() });
        Some(outcome.map(|outcome| match outcome {
            AnyOutcome::Answer(answer) => post(Event::Answered { run, n_steps, question, answer }),
            AnyOutcome::Job(job) => {
                self.withdraw(run, question);
                self.jobs.push(RunningJob::new(run, job));
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
        let is_training = context.runs.iter().any(|run| run.phase == Phase::Training);
        let now = now_ms();
        let Some(place) = self.jobs.iter().position(|job| !is_training || job.rests_until_ms <= now) else { return };
        let mut job = self.jobs.remove(place);
        let Some(run) = context.runs.get_mut(job.run) else { return };
        if !job.work(run) {
            self.jobs.push(job);
        }
        context.ticker.wake();
    }
}

impl RunningJob {
    fn new(run: RunId, job: Box<dyn AnyJob>) -> RunningJob {
        RunningJob { run, throttle: Throttle::new(REPORT_PERIOD_MS), rests_until_ms: 0.0, job }
    }

    /// Works for a while; `true` when all is done.
    fn work(&mut self, run: &mut Run) -> bool {
        let begin_ms = now_ms();
        let end_ms = begin_ms + SLICE_MS;
        let mut is_done = false;
        while !is_done && now_ms() < end_ms {
            is_done = self.job.step(run);
        }
        if self.job.is_long() {
            let now = now_ms();
            self.rests_until_ms = now + rest_ms(now - begin_ms);
        }
        if is_done || self.throttle.is_due() {
            let n_steps = self.job.n_steps().unwrap_or(run.n_steps_seen());
            let (question, answer) = (self.job.question(), self.job.answer());
            post(Event::Answered { run: run.id, n_steps, question, answer });
        }
        is_done
    }
}

/// How long a long job rests while a run trains, after it has worked for a while.
fn rest_ms(worked_ms: f64) -> f64 {
    worked_ms * (1.0 / LONG_SHARE - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_job_takes_less_than_a_tenth_of_the_time() {
        for worked_ms in [0.2, SLICE_MS, 80.0] {
            let share = worked_ms / (worked_ms + rest_ms(worked_ms));
            assert!((0.05..0.1).contains(&share), "{share}");
        }
    }
}
