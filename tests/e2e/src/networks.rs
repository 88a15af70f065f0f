//! How fast networks of many kinds train: on `bench.html`, by the page itself, and by other libraries.

use crate::page::Page;
use crate::peers::{Library, Peers};
use crate::strip;
use anyhow::{Context, Result, ensure};
use inkling_engine::benchmarks::{Network, PartTime, Workload};
use inkling_engine::experiment::{Experiment, TrainingConfig};
use serde_json::Value;
use std::thread;
use std::time::Duration;
use xtask::network_figures::{self, NetworkRow, Part};
use xtask::server::Server;

/// Training on `bench.html`.
const BENCH_OPTIONS: &str = "{ budgetMs: 5000 }";
/// Parts of updates on `bench.html`.
const PARTS_OPTIONS: &str = "{ budgetMs: 2000 }";
/// Training of the page before its first count: it chooses its number of workers in that time.
const WARM_UP: Duration = Duration::from_secs(3);
/// Time between two counts of the page, in milliseconds.
const WINDOW_MS: u32 = 9_000;
/// Training of a library.
const PEER_SECONDS: f64 = 6.0;

/// Times all networks with these words in their name, each round with all contestants in turn, and prints the tables.
///
/// `bench` is `bench.html`; `server` the host of the page, which is opened anew each time.
///
/// # Errors
/// If the page can't be driven.
pub fn print(bench: &Page, server: &Server, mut peers: Option<Peers>, (rounds, words): (usize, &str)) -> Result<()> {
    let mut timed: Vec<Timed> = workloads().map(Timed::new).filter(|timed| timed.row.name.contains(words)).collect();
    ensure!(!timed.is_empty(), "no network is called {words}");
    for round in 0..rounds {
        for timed in &mut timed {
            timed.time(bench, server, peers.as_mut(), round)?;
        }
    }
    let rows: Vec<NetworkRow> = timed.iter().map(|timed| timed.row.clone()).collect();
    network_figures::print(&rows);
    for timed in timed.iter().filter(|timed| !timed.parts.is_empty()) {
        network_figures::print_parts(&timed.row.name, &timed.parts, &timed.peaks);
    }
    Ok(())
}

/// The networks, and the MLPs that are compared to scikit-learn.
fn workloads() -> impl Iterator<Item = Workload> {
    Network::ALL.map(Workload::Network).into_iter().chain([Workload::MlpTraining, Workload::WideMlpTraining])
}

/// A workload and its figures.
struct Timed {
    workload: Workload,
    row: NetworkRow,
    parts: Vec<Vec<Part>>,
    peaks: Vec<f64>,
}

impl Timed {
    fn new(workload: Workload) -> Timed {
        let name = match workload {
            Workload::Network(network) => network.name().to_owned(),
            Workload::MlpTraining => "W1, 784-16-16-10 (scikit-learn)".to_owned(),
            Workload::WideMlpTraining => "W4, 784-40-10 (scikit-learn)".to_owned(),
            _ => workload.id().to_owned(),
        };
        let library = library(workload);
        let row = NetworkRow::new(workload.id(), &name, library.name(), library == Library::Keras);
        Timed { workload, row, parts: vec![], peaks: vec![] }
    }

    fn time(&mut self, bench: &Page, server: &Server, peers: Option<&mut Peers>, round: usize) -> Result<()> {
        let experiment = self.workload.experiment().context("the workload trains nothing")?;
        let figures = bench_figures(bench, self.workload, BENCH_OPTIONS)?;
        self.row.bench.push(round, figures["imagesPerSecond"].as_f64().context("bench.html gave no figure")?);
        self.row.page.push(round, page_speed(server, &experiment)?);
        let library = library(self.workload);
        if let Some(peers) = peers.filter(|peers| peers.has(library)) {
            self.row.peer.push(round, peers.images_per_second(library, &experiment, PEER_SECONDS)?);
        }
        if let Workload::Network(network) = self.workload {
            let figures = bench_figures(bench, Workload::Layers(network), PARTS_OPTIONS)?;
            self.parts.push(parts(&figures)?);
            self.peaks.push(figures["gflops"].as_f64().context("bench.html gave no peak")?);
        }
        Ok(())
    }
}

fn library(workload: Workload) -> Library {
    match workload {
        Workload::Network(_) => Library::Keras,
        _ => Library::ScikitLearn,
    }
}

fn bench_figures(bench: &Page, workload: Workload, options: &str) -> Result<Value> {
    bench.js(&format!("return window.__bench({{ id: '{}' }}, {options})", workload.id()))
}

fn parts(figures: &Value) -> Result<Vec<Part>> {
    let parts: Vec<PartTime> = serde_json::from_value(figures["parts"].clone()).context("parts of an update")?;
    let part = |PartTime { title, us_per_image, gflops, .. }| Part { title, us_per_image, gflops };
    Ok(parts.into_iter().map(part).collect())
}

/// Images per second of the page as a user sees it: opened by a link, the strip of layers on the screen, pauses for
/// validation included.
///
/// # Errors
/// If the page can't be driven, or does not train.
pub fn page_speed(server: &Server, experiment: &Experiment) -> Result<f64> {
    // So many epochs that they outlast the window.
    let training = TrainingConfig { epochs: 1_000, ..experiment.training.clone() };
    let experiment = Experiment { training, ..experiment.clone() };
    let page = strip::begin(server, &experiment)?;
    strip::show_strip(&page, true)?;
    thread::sleep(WARM_UP);
    strip::images_per_second(&page, &experiment, WINDOW_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_their_column_and_each_is_there_once() {
        let names: Vec<String> = workloads().map(|workload| Timed::new(workload).row.name).collect();
        for name in &names {
            assert!(name.chars().count() <= 34, "{name}");
            assert_eq!(names.iter().filter(|other| *other == name).count(), 1, "{name}");
        }
    }
}
