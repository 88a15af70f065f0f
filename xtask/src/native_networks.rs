//! The time of each layer of the bench's networks on one core of this machine itself, without a browser.

use crate::network_figures::{Part, print_parts};
use anyhow::{Result, ensure};
use inkling_engine::benchmarks::{Kernel, Network, PartTime, time_parts};
use inkling_engine::data::Dataset;
use std::sync::Arc;
use std::time::Instant;

/// How long a network is timed in a round.
const BUDGET_MS: f64 = 2_000.0;
/// Calls of the peak's kernel.
const N_PEAK_CALLS: u32 = 100;

/// Times all networks with these words in their name, round by round, and prints their tables.
///
/// # Errors
/// If a network's experiment can't be run.
pub fn run(train: &Arc<Dataset>, n_rounds: usize, words: &str) -> Result<()> {
    let chosen = Network::ALL.into_iter().filter(|network| network.name().contains(words));
    let mut figures: Vec<_> = chosen.map(|network| (network, vec![], vec![])).collect();
    ensure!(!figures.is_empty(), "no network is called {words}");
    for _ in 0..n_rounds {
        for (network, rounds, peaks) in &mut figures {
            peaks.push(peak_gflops());
            let start = Instant::now();
            let checked = network.experiment().check()?;
            let times = time_parts(&checked, train, BUDGET_MS, || start.elapsed().as_secs_f64() * 1e3)?;
            let part =
                |time: PartTime| Part { title: time.title, us_per_image: time.us_per_image, gflops: time.gflops };
            rounds.push(times.into_iter().map(part).collect::<Vec<_>>());
        }
    }
    for (network, rounds, peaks) in &figures {
        print_parts(network.name(), rounds, peaks);
    }
    Ok(())
}

fn peak_gflops() -> f64 {
    let mut run = Kernel::Peak.prepare();
    run.call();
    let start = Instant::now();
    (0..N_PEAK_CALLS).for_each(|_| run.call());
    run.n_flops() * f64::from(N_PEAK_CALLS) / start.elapsed().as_secs_f64() / 1e9
}
