//! The bench's workloads on this machine itself: what the page's engine does without a browser.

use crate::figures::{self, Row};
use crate::parallel::Team;
use anyhow::Result;
use inkling_engine::benchmarks::{Kernel, Workload};
use inkling_engine::data::Dataset;
use inkling_engine::model::{Model, Workspace};
use inkling_engine::trainer::{Stage, Trainer};
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a workload is timed in a round.
const BUDGET: Duration = Duration::from_secs(4);
/// Updates before the clock starts.
const N_WARM_UP: usize = 20;
/// Passes of a single image in a round.
const N_PASSES: usize = 400;
/// A kernel's calls are timed in groups of this length, of which the median counts.
const KERNEL_GROUP: Duration = Duration::from_millis(8);
const N_KERNEL_GROUPS: usize = 11;

/// Times all workloads, round by round, and prints the table.
///
/// # Errors
/// If a workload's experiment can't be run.
pub fn run(train: &Arc<Dataset>, test: &Dataset, n_rounds: usize) -> Result<()> {
    let mut rows = Vec::new();
    for round in 0..n_rounds {
        let mut figures = Vec::new();
        for work in Workload::all().filter(|work| !matches!(work, Workload::Network(_) | Workload::Layers(_))) {
            let name = figures::workload_name(work.id());
            let mut add = |title: &str, unit, figure| figures.push((work.id(), title.to_owned(), unit, figure));
            match work {
                Workload::Kernel(kernel) => add(kernel.title(), "GFLOP/s", gflops(kernel)),
                Workload::CnnInspection => {
                    let (p50, p95) = pass_times(test)?;
                    add(&format!("{name}: median"), "ms", p50);
                    add(&format!("{name}: 95 %"), "ms", p95);
                }
                _ => {
                    let (unit, per_sample) = match work {
                        Workload::PlaneTraining => ("epochs/s", 1.0 / 500.0),
                        _ => ("images/s", 1.0),
                    };
                    add(&format!("{name}, 1 core"), unit, per_sample * speed(work, train, false)?);
                    if work == Workload::CnnTraining {
                        add(&format!("{name}, all cores"), unit, speed(work, train, true)?);
                    }
                }
            }
        }
        if rows.is_empty() {
            rows = figures.iter().map(|(id, title, unit, _)| Row::new(id, title, unit)).collect();
        }
        rows.iter_mut().zip(figures).for_each(|(row, (.., figure))| row.push(round, figure));
    }
    figures::print(&rows);
    Ok(())
}

/// Samples per second in training.
fn speed(work: Workload, train: &Arc<Dataset>, on_all_cores: bool) -> Result<f64> {
    let mut experiment = work.experiment().ok_or_else(|| anyhow::anyhow!("{work:?} trains nothing"))?;
    experiment.training.epochs = 1_000;
    let checked = experiment.check()?;
    let dataset = match checked.generate_data() {
        Some(dataset) => Arc::new(dataset?),
        None => train.clone(),
    };
    let mut trainer = Trainer::new(checked.clone(), dataset.clone())?;
    let mut team = on_all_cores.then(|| Team::new(&trainer));
    let mut start = Instant::now();
    let (mut n_steps, mut n_samples) = (0, 0);
    while n_steps < N_WARM_UP || start.elapsed() < BUDGET {
        match trainer.stage() {
            Stage::Step => {}
            Stage::Validation => {
                // Validation is not timed.
                let pause = Instant::now();
                trainer.validate_chunk();
                start += pause.elapsed();
                continue;
            }
            Stage::Finished(_) => {
                trainer = Trainer::new(checked.clone(), dataset.clone())?;
                continue;
            }
        }
        if n_steps == N_WARM_UP {
            (start, n_samples) = (Instant::now(), 0);
        }
        let report = match &mut team {
            Some(team) => team.step(&mut trainer),
            None => trainer.step(),
        };
        n_steps += 1;
        n_samples += report.n_samples;
    }
    Ok(n_samples as f64 / start.elapsed().as_secs_f64())
}

/// Median and 95th percentile of the milliseconds that one image takes, the outputs of all layers read back.
fn pass_times(test: &Dataset) -> Result<(f64, f64)> {
    let experiment =
        Workload::CnnInspection.experiment().ok_or_else(|| anyhow::anyhow!("the inspection has no network"))?;
    let model = Model::new(&experiment.check()?);
    let mut workspace = Workspace::new(&model);
    let images = (0..N_PASSES + N_WARM_UP).filter_map(|image_idx| test.input(image_idx));
    let pass = |image: Vec<f32>| {
        let start = Instant::now();
        black_box(model.activations(&mut workspace, &image));
        start.elapsed().as_secs_f64() * 1e3
    };
    let mut times: Vec<f64> = images.map(pass).skip(N_WARM_UP).collect();
    times.sort_by(f64::total_cmp);
    Ok((times[times.len() / 2], times[times.len() * 95 / 100]))
}

/// How fast a kernel is.
fn gflops(kernel: Kernel) -> f64 {
    let mut run = kernel.prepare();
    let mut time_calls = |n_calls: u32| {
        let start = Instant::now();
        (0..n_calls).for_each(|_| run.call());
        start.elapsed()
    };
    let mut n_calls = 1;
    while time_calls(n_calls) < KERNEL_GROUP {
        n_calls *= 2;
    }
    let mut times: Vec<Duration> = (0..N_KERNEL_GROUPS).map(|_| time_calls(n_calls)).collect();
    times.sort_unstable();
    run.n_flops() * f64::from(n_calls) / times[N_KERNEL_GROUPS / 2].as_secs_f64() / 1e9
}
