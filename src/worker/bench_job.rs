//! A work of the speed bench, timed in the worker that does it: the same run, trainer and helpers as the page's.

use super::channel::post;
use super::clock::now_ms;
use super::run::{Goal, Run};
use super::session::{DataSlot, Session};
use crate::protocol::{BenchFigures, BenchOptions, Event, Phase, Start, Workload};
use inkling_engine::benchmarks::Kernel;
use inkling_engine::experiment::{DataConfig, Experiment};

/// The run's number of a bench: no page counts that far.
const BENCH_RUN: u32 = u32::MAX;
/// Passes of W3 when no number is asked for.
const N_PASSES: usize = 300;
/// Images of an epoch, for the figure of seconds per epoch.
const N_EPOCH_IMAGES: f64 = 54_000.0;
/// A kernel's calls are timed in groups of this length: browsers give time in steps of up to 0.1 ms.
const KERNEL_GROUP_MS: f64 = 8.0;
/// Groups of a kernel's calls, of which the median counts.
const N_KERNEL_GROUPS: usize = 11;

/// A work under way.
pub struct BenchJob {
    work: Workload,
    options: BenchOptions,
    /// When the clock began to count, put off by each validation: those are no part of a work.
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

impl Session {
    /// Takes up a work in the place of the present run.
    pub(super) fn begin_bench(&mut self, work: Workload, options: BenchOptions) {
        let experiment = match (work, work.experiment()) {
            (Workload::Kernel(kernel), _) => return post(Event::Benched { work, figures: time_kernel(kernel) }),
            (_, Some(experiment)) => experiment,
            (_, None) => return,
        };
        self.work.want(options.workers);
        self.bench = Some(BenchJob::new(work, options));
        self.load_data();
        self.begin_bench_run(work, &experiment);
    }

    fn begin_bench_run(&mut self, work: Workload, experiment: &Experiment) {
        self.build(BENCH_RUN, experiment, Start::Seed);
        if let Some(run) = self.run.as_mut().filter(|_| work != Workload::CnnInspection) {
            run.is_timed = true;
            run.goal = Goal::All;
        }
        self.ticker.wake();
    }

    /// Counts the updates of a slice, and ends the work when its time is up. A run that is over before begins anew.
    pub(super) fn watch_bench(&mut self) {
        let (Some(job), Some(run)) = (&mut self.bench, &mut self.run) else { return };
        job.count(run);
        if let Some(figures) = job.figures_if_over(run, self.work.n_workers()) {
            let work = job.work;
            run.goal = Goal::Rest;
            self.bench = None;
            post(Event::Benched { work, figures });
        } else if run.phase == Phase::Finished {
            job.whole_run = std::mem::take(&mut job.batches);
            let (work, experiment) = (job.work, run.checked.experiment().clone());
            self.begin_bench_run(work, &experiment);
        }
    }

    /// W3: test images one by one, all outputs read back. `true` if that was what had to be done.
    pub(super) fn time_passes(&mut self) -> bool {
        let (Some(job), Some(run), DataSlot::Loaded(mnist)) = (&self.bench, &mut self.run, &self.data) else {
            return false;
        };
        if job.work != Workload::CnnInspection {
            return false;
        }
        let n_passes = job.options.steps.unwrap_or(N_PASSES);
        let (model, workspace) = run.model_and_workspace();
        let begin_ms = now_ms();
        let mut times = Vec::with_capacity(n_passes);
        for pass in 0..job.options.warmup + n_passes {
            let Some(pixels) = mnist.test.input(pass % mnist.test.len()) else { break };
            let start_ms = now_ms();
            let activations = std::hint::black_box(model.activations(workspace, &pixels));
            let time = now_ms() - start_ms;
            drop(activations);
            if pass >= job.options.warmup {
                times.push(time);
            }
            if now_ms() - begin_ms >= job.options.budget_ms && !times.is_empty() {
                break;
            }
        }
        times.sort_by(f64::total_cmp);
        let quantile = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
        let figures = BenchFigures {
            p50: Some(quantile(0.5)),
            p95: Some(quantile(0.95)),
            steps: times.len(),
            workers: 1,
            ..BenchFigures::default()
        };
        post(Event::Benched { work: Workload::CnnInspection, figures });
        self.bench = None;
        true
    }
}

impl BenchJob {
    fn new(work: Workload, options: BenchOptions) -> BenchJob {
        BenchJob {
            work,
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
    fn count(&mut self, run: &mut Run) {
        self.loss_first = self.loss_first.or(run.timed_batches.first().map(|(loss, _)| *loss));
        let validation_ms = std::mem::take(&mut run.validation_ms);
        match &mut self.start_ms {
            Some(start_ms) => {
                *start_ms += validation_ms;
                self.n_steps += run.timed_batches.len();
                self.batches.append(&mut run.timed_batches);
            }
            None => {
                self.n_warm_up += run.timed_batches.len();
                run.timed_batches.clear();
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

/// How fast a kernel is, here and at once.
fn time_kernel(kernel: Kernel) -> BenchFigures {
    let mut run = kernel.prepare();
    let mut time_calls = |n_calls: usize| {
        let start_ms = now_ms();
        (0..n_calls).for_each(|_| run.call());
        now_ms() - start_ms
    };
    let mut n_calls = 1;
    while time_calls(n_calls) < KERNEL_GROUP_MS {
        n_calls *= 2;
    }
    let mut times: Vec<f64> = (0..N_KERNEL_GROUPS).map(|_| time_calls(n_calls)).collect();
    times.sort_by(f64::total_cmp);
    let median_ms = times[N_KERNEL_GROUPS / 2];
    BenchFigures {
        gflops: Some(run.n_flops() * n_calls as f64 / median_ms / 1e6),
        steps: n_calls * N_KERNEL_GROUPS,
        workers: 1,
        ..BenchFigures::default()
    }
}
