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
/// Share of the time that jobs in the background get while a network trains.
const BACKGROUND_SHARE: f64 = 0.08;
/// Time between two answers of a job.
const REPORT_PERIOD_MS: f64 = 120.0;

/// The jobs under way, at most one per run and kind of question.
#[derive(Default)]
pub struct Jobs {
    jobs: Vec<RunningJob>,
    /// When a job in the background may go on, while a network trains.
    background_ms: f64,
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
        let is_training = context.runs.iter().any(|run| run.phase == Phase::Training);
        let start_ms = now_ms();
        let waits = |job: &RunningJob| is_training && job.job.is_in_background() && start_ms < self.background_ms;
        let Some(place) = self.jobs.iter().position(|job| !waits(job)) else {
            // Training may have come to rest by then.
            return context.ticker.wake_after(self.background_ms - start_ms);
        };
        let mut job = self.jobs.remove(place);
        let Some(run) = context.runs.get_mut(job.run) else { return };
        let is_in_background = is_training && job.job.is_in_background();
        if !job.work(run, if is_in_background { 0.0 } else { SLICE_MS }) {
            self.jobs.push(job);
        }
        if is_in_background {
            self.background_ms = now_ms() + pause_ms(now_ms() - start_ms);
        }
        context.ticker.wake();
    }
}

impl RunningJob {
    /// Works for a while, one piece at least; `true` when all is done.
    fn work(&mut self, run: &mut Run, slice_ms: f64) -> bool {
        let end_ms = now_ms() + slice_ms;
        let mut is_done = self.job.step(run);
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

/// How long jobs in the background wait after a slice of `slice_ms`.
fn pause_ms(slice_ms: f64) -> f64 {
    slice_ms * (1.0 / BACKGROUND_SHARE - 1.0)
}

#[cfg(test)]
mod tests {
    use super::{BACKGROUND_SHARE, pause_ms};

    #[test]
    fn jobs_in_the_background_get_their_share_of_the_time() {
        let share = 5.0 / (5.0 + pause_ms(5.0));
        assert!((share - BACKGROUND_SHARE).abs() < 1e-9 && share < 0.1, "{share}");
    }
}
