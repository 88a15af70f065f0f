//! Questions to the runs' networks, and the jobs that answer those that take a while, between the slices of training.

use super::channel::post;
use super::clock::{Throttle, now_ms};
use super::context::{Context, DataSlot, News};
use super::question_part::{Answered, answer_question, fetch_part};
use super::questions::{AnyJob, AnyOutcome, Asked};
use super::run::Run;
use crate::protocol::{AnyQuestion, Event, Failure, FailureKind, Phase, RunId};

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
    part: Part,
    /// What was asked before the part was there.
    waiting: Vec<Waiting>,
}

/// How far the part that answers questions is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    Unasked,
    OnItsWay,
    Here,
}

struct RunningJob {
    run: RunId,
    throttle: Throttle,
    job: Box<dyn AnyJob>,
}

struct Waiting {
    run: RunId,
    question: AnyQuestion,
    pixels: Option<Vec<f32>>,
    /// Whether the page wants to hear that a question does not fit.
    is_asked: bool,
}

impl Jobs {
    /// Answers a question at once, or begins a job in the place of an older one of its kind.
    pub fn ask(&mut self, context: &mut Context, run: RunId, question: AnyQuestion, pixels: Option<Vec<f32>>) {
        self.take(context, Waiting { run, question, pixels, is_asked: true });
    }

    /// As [`ask`](Jobs::ask), but without a word if the question does not fit.
    pub fn begin(&mut self, context: &mut Context, run: RunId, question: AnyQuestion, pixels: Option<Vec<f32>>) {
        self.take(context, Waiting { run, question, pixels, is_asked: false });
    }

    /// Fetches the part that answers questions, unless it is here or on its way.
    pub fn fetch_part(&mut self, context: &Context) {
        if self.part == Part::Unasked {
            self.part = Part::OnItsWay;
            let on_news = context.on_news.clone();
            wasm_bindgen_futures::spawn_local(async move { on_news(News::QuestionPart(fetch_part().await)) });
        }
    }

    /// Takes up what was asked before the part was there. If it is not to be had, questions wait on: the page, or the next
    /// question, has it fetched again.
    pub fn hear_of_part(&mut self, context: &mut Context, is_here: bool) {
        if is_here {
            self.part = Part::Here;
            std::mem::take(&mut self.waiting).into_iter().for_each(|asked| self.take(context, asked));
        } else {
            self.part = Part::Unasked;
            let message = "questions about the network wait: what answers them could not be fetched, since the page's host does not answer or has a newer version by now".to_owned();
            post(Event::Failed(Failure { kind: FailureKind::Part, message }));
        }
    }

    /// Stops work on questions of that kind.
    pub fn withdraw(&mut self, run: RunId, question: AnyQuestion) {
        self.jobs.retain(|job| job.run != run || !job.job.question().is_of_kind(question));
        self.waiting.retain(|waiting| waiting.run != run || !waiting.question.is_of_kind(question));
    }

    /// Forgets all jobs of a run that is closed.
    pub fn close(&mut self, run: RunId) {
        self.jobs.retain(|job| job.run != run);
        self.waiting.retain(|waiting| waiting.run != run);
    }

    /// Works on one job for a while; the jobs take turns.
    pub fn tick(&mut self, context: &mut Context) {
        if self.jobs.is_empty() {
            return;
        }
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

    fn take(&mut self, context: &mut Context, asked: Waiting) {
        if self.part != Part::Here {
            self.withdraw(asked.run, asked.question);
            self.waiting.push(asked);
            return self.fetch_part(context);
        }
        let Waiting { run, question, pixels, is_asked } = asked;
        match answer(context, run, question, pixels) {
            Some((n_steps, Ok(AnyOutcome::Answer(answer)))) => {
                post(Event::Answered { run, n_steps, question, answer });
            }
            Some((_, Ok(AnyOutcome::Job(job)))) => {
                self.withdraw(run, question);
                self.jobs.push(RunningJob { run, throttle: Throttle::new(REPORT_PERIOD_MS), job });
                context.ticker.wake();
            }
            Some((_, Err(error))) if is_asked => {
                post(Event::Refused { run, question, message: error.to_string() });
            }
            Some((_, Err(_))) | None => {}
        }
    }
}

/// Updates that a run's network has seen, and what becomes of a question to it; `None` if there is no such run.
fn answer(
    context: &mut Context,
    run: RunId,
    question: AnyQuestion,
    pixels: Option<Vec<f32>>,
) -> Option<(usize, Answered)> {
    let Context { runs, data, own_digits, .. } = context;
    let mnist = if let DataSlot::Loaded(mnist) = data { Some(&*mnist) } else { None };
    let run = runs.get_mut(run)?;
    let n_steps = run.n_steps_seen();
    Some((n_steps, answer_question(question, &mut Asked { run, pixels, mnist, own_digits: own_digits.as_ref() })?))
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
