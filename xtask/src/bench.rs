//! `bench`: how fast the workloads run, in headless Chromium against the built page, or natively.

use crate::dist::{self, Kind};
use crate::lab;
use crate::process::{cargo, run};
use crate::setup;
use anyhow::Result;

/// What is timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The same workloads natively, without a browser.
    pub native: bool,
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
        return lab::run(&lab::Work::Bench(options.rounds));
    }
    setup::browser()?;
    if options.build {
        dist::build(Kind::Release)?;
    }
    let mut bench = cargo(&["run", "-q", "-p", "inkling-e2e", "--bin", "bench", "--"]);
    run(bench.arg(Kind::Release.folder()).arg(options.rounds.to_string()))
}
