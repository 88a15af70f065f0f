//! Steps of a check: each runs even if one before it failed, and a table at the end says how all of them went.

use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// How a step ended.
#[derive(Debug, Clone)]
struct Outcome {
    name: String,
    failure: Option<String>,
    counts: Counts,
    duration: Duration,
}

/// Tests that ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Tests that passed.
    pub n_passed: usize,
    /// Tests that failed.
    pub n_failed: usize,
}

/// All steps so far.
#[derive(Debug, Default)]
pub struct Steps {
    outcomes: Vec<Outcome>,
}

impl Steps {
    /// Does a step; its failure is printed now and once more at the end. Returns whether it went well.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Result<Counts>) -> bool {
        println!("\n==> {name}");
        let start = Instant::now();
        let result = work();
        let failure = result.as_ref().err().map(|error| format!("{error:#}"));
        if let Some(failure) = &failure {
            println!("{name} failed: {failure}");
        }
        // A step without tests counts as one test; so does a test run that failed outside of its tests.
        let counts = match result {
            Ok(counts) if counts == Counts::default() => Counts { n_passed: 1, n_failed: 0 },
            Ok(counts) => counts,
            Err(error) => match error.downcast_ref::<FailedTests>() {
                Some(&FailedTests(counts)) => Counts { n_failed: counts.n_failed.max(1), ..counts },
                None => Counts { n_passed: 0, n_failed: 1 },
            },
        };
        let is_ok = failure.is_none();
        self.outcomes.push(Outcome { name: name.to_owned(), failure, counts, duration: start.elapsed() });
        is_ok
    }

    /// Does a step that is one command without tests.
    pub fn command(&mut self, name: &str, command: &mut Command) -> bool {
        self.step(name, || crate::process::run(command).map(|()| Counts::default()))
    }

    /// Does a step that is one command which runs tests and prints Rust's `test result:` lines.
    pub fn tests(&mut self, name: &str, command: &mut Command) -> bool {
        self.step(name, || run_tests(command))
    }

    /// Notes a step that can't be done since an earlier one failed.
    pub fn skip(&mut self, name: &str, reason: &str) {
        self.step(name, || Err(anyhow::anyhow!("not done: {reason}")));
    }

    /// Prints the table; its last line is `N passed, M failed`.
    #[must_use]
    pub fn finish(self) -> ExitCode {
        println!("\n{:<44} {:>7} {:>7} {:>8}", "step", "passed", "failed", "seconds");
        let mut total = Counts::default();
        for Outcome { name, failure, counts, duration } in &self.outcomes {
            let Counts { n_passed, n_failed } = *counts;
            let mark = if failure.is_some() { "  FAILED" } else { "" };
            println!("{name:<44} {n_passed:>7} {n_failed:>7} {:>8.1}{mark}", duration.as_secs_f64());
            total.n_passed += n_passed;
            total.n_failed += n_failed;
        }
        println!();
        for Outcome { name, failure, .. } in &self.outcomes {
            if let Some(failure) = failure {
                println!("{name}: {failure}\n");
            }
        }
        println!("{} passed, {} failed", total.n_passed, total.n_failed);
        if total.n_failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// A command that ran tests, some of which failed.
#[derive(Debug)]
struct FailedTests(Counts);

impl std::fmt::Display for FailedTests {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.n_failed {
            0 => write!(formatter, "the command failed beside its tests (see above)"),
            n_failed => write!(formatter, "{n_failed} tests failed (see above)"),
        }
    }
}

impl std::error::Error for FailedTests {}

/// Runs a command, shows what it prints, and adds up its `test result:` lines.
fn run_tests(command: &mut Command) -> Result<Counts> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start the tests")?;
    let mut counts = Counts::default();
    for line in BufReader::new(child.stdout.take().context("no output")?).lines() {
        let line = line?;
        println!("{line}");
        if let Some(more) = counts_in(&line) {
            counts.n_passed += more.n_passed;
            counts.n_failed += more.n_failed;
        }
    }
    if !child.wait()?.success() {
        return Err(FailedTests(counts).into());
    }
    ensure!(counts.n_passed > 0, "no test was run");
    Ok(counts)
}

/// The counts in a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn counts_in(line: &str) -> Option<Counts> {
    let (_, result) = line.split_once("test result: ")?;
    let count = |word: &str| {
        let (before, _) = result.split_once(word)?;
        before.split([' ', ';']).rev().find_map(|number| number.parse().ok())
    };
    Some(Counts { n_passed: count(" passed")?, n_failed: count(" failed")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_result_lines() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.5s";
        assert_eq!(counts_in(line), Some(Counts { n_passed: 12, n_failed: 3 }));
        assert_eq!(counts_in("test result of mine ... ok"), None);
    }

    #[test]
    fn failed_step_is_counted_and_others_go_on() {
        let mut steps = Steps::default();
        assert!(steps.step("good", || Ok(Counts { n_passed: 4, n_failed: 0 })));
        assert!(!steps.step("bad", || Err(anyhow::anyhow!("broken"))));
        assert!(!steps.step("worse", || Err(FailedTests(Counts { n_passed: 2, n_failed: 3 }).into())));
        let counts = steps.outcomes.iter().map(|outcome| (outcome.counts.n_passed, outcome.counts.n_failed));
        assert_eq!(counts.collect::<Vec<_>>(), [(4, 0), (0, 1), (2, 3)]);
        assert_eq!(steps.finish(), ExitCode::FAILURE);
    }
}
