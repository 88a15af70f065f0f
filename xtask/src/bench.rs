//! `bench`: how fast the workloads run, in headless Chromium against the built page, or natively.

use crate::dist::{self, Kind};
use crate::lab;
use crate::process::{cargo, run};
use crate::setup;
use anyhow::Result;

/// What is timed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The same workloads natively, without a browser.
    pub native: bool,
    /// Networks of many kinds and their layers instead of the usual workloads.
    pub networks: bool,
    /// Words in the names of those networks that are timed, if not all are.
    pub only: Option<String>,
    /// The Python whose libraries train the same networks, if they are to.
    pub python: Option<String>,
    /// How often each workload is timed.
    pub rounds: usize,
    /// Build the page first.
    pub build: bool,
}

/// Times, and prints the table.
///
/// # Errors
/// If the build fails, or the browser can't be driven.
pub fn bench(options: Options) -> Result<()> {
    if options.native {
        let networks = options.networks.then(|| options.only.unwrap_or_default());
        return lab::run(&lab::Work::Bench { n_rounds: options.rounds, networks });
    }
    setup::browser()?;
    if options.build {
        dist::build(Kind::Release)?;
    }
    let program = if options.networks { "bench_networks" } else { "bench" };
    let mut bench = cargo(&["run", "-q", "-p", "inkling-e2e", "--bin", program, "--"]);
    bench.arg(Kind::Release.folder()).arg(options.rounds.to_string());
    if options.networks {
        bench.arg(options.only.unwrap_or_default()).args(options.python);
    }
    run(&mut bench)
}
