//! The speed bench: workloads timed in the worker that does them, with the same runs, trainer and helpers as the
//! page's.

use super::channel::post;
use super::clock::now_ms;
use super::context::Context;
pub use super::recording::Recording;
use super::run::{Goal, Run};
use super::session::Session;
use super::time_kernel::time_kernel;
use super::time_layers::time_layers;
use crate::protocol::{BenchFigures, BenchOptions, Event, Failure, FailureKind, Phase, RunId, Start, Workload};
use inkling_engine::experiment::DataConfig;

/// The number of the bench's run: no page counts that far.
const BENCH_RUN: RunId = u32::MAX;
/// Passes of an inspection when no number is asked for.
const N_PASSES: usize = 300;
/// Images of an epoch, for the figure of seconds per epoch.
const N_EPOCH_IMAGES: f64 = 54_000.0;

/// The workload that is timed, if there is one.
#[derive(Default)]
pub struct Bench {
    job: Option<BenchJob>,
}

/// Takes up a workload; a kernel is timed at once.
pub fn begin(session: &mut Session, workload: Workload, options: BenchOptions) {
    session.training.data_parallel.want(options.workers, std::iter::empty());
    if let Workload::Kernel(kernel) = workload {
        return post_figures(&time_kernel(kernel));
    }
    session.bench.job = Some(BenchJob::new(workload, options));
    begin_run(session, workload);
}

/// Begins the workload's run from its seed, to be recorded and trained; one that is only looked at is not trained.
fn begin_run(session: &mut Session, workload: Workload) {
    if let Some(experiment) = workload.experiment().filter(|_| !matches!(workload, Workload::Layers(_))) {
        session.build(BENCH_RUN, &experiment, Start::Seed, &[]);
        if let Some(run) = session.context.runs.get_mut(BENCH_RUN)
            && workload != Workload::CnnInspection
        {
            run.recording = Some(Recording::default());
            run.goal = Goal::All;
        }
    }
    session.load_data();
    session.context.ticker.wake();
}

/// Gives up: what the workload needs is not to be had.
pub fn give_up(session: &mut Session) {
    session.bench.job = None;
}

/// Counts the updates of a slice, and ends the workload when its time is up.
pub fn tick(session: &mut Session) {
    let n_workers = session.training.data_parallel.n_workers();
    let (Some(job), Some(run)) = (&mut session.bench.job, session.context.runs.get_mut(BENCH_RUN)) else { return };
    if let Some(recording) = &mut run.recording {
        job.count(recording);
    }
    let workload = job.workload;
    if let Some(figures) = job.figures_if_over(run, n_workers) {
        run.goal = Goal::Rest;
        session.bench.job = None;
        post_figures(&figures);
    } else if run.phase == Phase::Finished {
        job.whole_run = std::mem::take(&mut job.batches);
        begin_run(session, workload);
    }
}

/// Times what is done here and in one go, if that is the workload; `true` if it was.
pub fn time_here(session: &mut Session) -> bool {
    time_inspection(session) || time_network_layers(session)
}

/// Times test images one by one, all outputs read back, if that is the workload; `true` if it was.
fn time_inspection(session: &mut Session) -> bool {
    let job = session.bench.job.take_if(|job| job.workload == Workload::CnnInspection);
    let Some(job) = job else { return false };
    match inspection_times(&mut session.context, &job.options) {
        Some(times) => {
            let quantile = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
            let figures = BenchFigures {
                p50: Some(quantile(0.5)),
                p95: Some(quantile(0.95)),
                steps: times.len(),
                workers: 1,
                ..BenchFigures::default()
            };
            post_figures(&figures);
            true
        }
        None => {
            // The data set is on its way.
            session.bench.job = Some(job);
            false
        }
    }
}

/// Times each part of a network's updates, if that is the workload and the images are there; `true` if it was done.
fn time_network_layers(session: &mut Session) -> bool {
    let Some(BenchJob { workload, options, .. }) = &session.bench.job else { return false };
    let (Workload::Layers(network), Some(mnist)) = (*workload, session.context.mnist()) else { return false };
    let figures = time_layers(network, &mnist.train, options.budget_ms);
    session.bench.job = None;
    match figures {
        Ok(figures) => post_figures(&figures),
        Err(message) => post(Event::Failed(Failure { kind: FailureKind::Experiment, message })),
    }
    true
}

/// Milliseconds of each pass, ascending; `None` while there are no images or no network.
fn inspection_times(context: &mut Context, options: &BenchOptions) -> Option<Vec<f64>> {
    let test = context.mnist()?.test.clone();
    let run = context.runs.get_mut(BENCH_RUN)?;
    let n_passes = options.steps.unwrap_or(N_PASSES).max(1);
    let (model, workspace) = run.model_and_workspace();
    let begin_ms = now_ms();
    let mut times = Vec::with_capacity(n_passes);
    for pass in 0..options.warmup + n_passes {
        let pixels = test.input(pass % test.len())?;
        let start_ms = now_ms();
        let activations = std::hint::black_box(model.activations(workspace, &pixels));
        let time = now_ms() - start_ms;
        drop(activations);
        if pass >= options.warmup {
            times.push(time);
        }
        if now_ms() - begin_ms >= options.budget_ms && !times.is_empty() {
            break;
        }
    }
    times.sort_by(f64::total_cmp);
    Some(times)
}

fn post_figures(figures: &BenchFigures) {
    post(Event::Benched { figures: figures.pack() });
}

/// A workload under way.
struct BenchJob {
    workload: Workload,
    options: BenchOptions,
    /// When the clock began to count, put off by each validation: those are not part of a workload.
    start_ms: Option<f64>,
    /// Updates before, and since.
    n_warm_up: usize,
    n_steps: usize,
    loss_first: Option<f64>,
    /// Loss and accuracy of each timed update of the run at hand.
    batches: Vec<(f64, f64)>,
    /// Those of the last run that came to its end.
    whole_run: Vec<(f64, f64)>,
}

impl BenchJob {
    fn new(workload: Workload, options: BenchOptions) -> BenchJob {
        BenchJob {
            workload,
            options,
            start_ms: None,
            n_warm_up: 0,
            n_steps: 0,
            loss_first: None,
            batches: Vec::new(),
            whole_run: Vec::new(),
        }
    }

    /// Takes over what the run has done since.
    fn count(&mut self, recording: &mut Recording) {
        self.loss_first = self.loss_first.or(recording.batches.first().map(|(loss, _)| *loss));
        let validation_ms = std::mem::take(&mut recording.validation_ms);
        match &mut self.start_ms {
            Some(start_ms) => {
                *start_ms += validation_ms;
                self.n_steps += recording.batches.len();
                self.batches.append(&mut recording.batches);
            }
            None => {
                self.n_warm_up += recording.batches.len();
                recording.batches.clear();
                self.start_ms = (self.n_warm_up >= self.options.warmup).then(now_ms);
            }
        }
    }

    fn figures_if_over(&self, run: &Run, n_workers: usize) -> Option<BenchFigures> {
        let time_ms = now_ms() - self.start_ms?;
        let is_over = time_ms >= self.options.budget_ms
            || self.options.steps.is_some_and(|n_wanted| self.n_steps >= n_wanted)
            || run.phase == Phase::Failed;
        (is_over && self.n_steps > 0).then(|| self.figures(run, time_ms / 1_000.0, n_workers))
    }

    fn figures(&self, run: &Run, seconds: f64, workers: usize) -> BenchFigures {
        let batches = if self.whole_run.is_empty() { &self.batches } else { &self.whole_run };
        let n_last = (batches.len() / 10).max(1).min(batches.len());
        let last = &batches[batches.len() - n_last..];
        let mean = |pick: fn(&(f64, f64)) -> f64| last.iter().map(pick).sum::<f64>() / last.len() as f64;
        let per_second = self.n_steps as f64 / seconds;
        let common = BenchFigures {
            steps: self.n_steps,
            loss_first: self.loss_first,
            loss_last: (!last.is_empty()).then(|| mean(|(loss, _)| *loss)),
            workers,
            ..BenchFigures::default()
        };
        if matches!(run.checked.experiment().data, DataConfig::Plane { .. }) {
            let epochs_per_second = Some(per_second / run.checked.steps_per_epoch() as f64);
            return BenchFigures { epochs_per_second, ..common };
        }
        let images_per_second = per_second * run.checked.experiment().training.batch_size as f64;
        BenchFigures {
            images_per_second: Some(images_per_second),
            epoch_seconds: Some(N_EPOCH_IMAGES / images_per_second),
            accuracy: (!last.is_empty()).then(|| mean(|(_, accuracy)| *accuracy)),
            ..common
        }
    }
}
