//! Compares numbers, and keeps the worst difference of each kind and every failure.

use std::collections::BTreeMap;
use std::fmt;

/// |got - expected| may be up to `ATOL + RTOL·|expected|`.
const RTOL: f64 = 1e-5;
const ATOL: f64 = 1e-5;

/// What the cases so far have given.
#[derive(Debug, Default)]
pub struct Report {
    case: String,
    n_cases: usize,
    n_numbers: usize,
    /// Cases that were left out, and what they need.
    skipped: Vec<String>,
    /// Per kind of number the worst `|got - expected| / (1 + |expected|)` and where it was.
    worst: BTreeMap<&'static str, (f64, String)>,
    failures: Vec<String>,
}

impl Report {
    /// The next comparisons belong to this case.
    pub fn begin(&mut self, case: &str) {
        self.case = case.to_owned();
        self.n_cases += 1;
    }

    /// Leaves the case at hand out: it needs something that the engine does not have.
    pub fn skip(&mut self, what: &str) {
        self.n_cases -= 1;
        self.skipped.push(format!("{} ({what})", self.case));
    }

    /// Cases that were left out, each with what it needs.
    pub fn skipped(&self) -> &[String] {
        &self.skipped
    }

    /// Notes a failure of the case at hand.
    pub fn fail(&mut self, what: impl fmt::Display) {
        self.failures.push(format!("{}: {what}", self.case));
    }

    /// Two things must be the same.
    pub fn equal<T: PartialEq + fmt::Debug>(&mut self, what: &str, got: T, expected: T) {
        self.n_numbers += 1;
        if got != expected {
            self.fail(format!("{what}: expected {expected:?}, got {got:?}"));
        }
    }

    /// A number must be close.
    pub fn close(&mut self, kind: &'static str, what: &str, got: f64, expected: f64) {
        self.close_within(kind, what, got, expected, ATOL + RTOL * expected.abs());
    }

    /// A number must be as close as `tolerance` says.
    pub fn close_within(&mut self, kind: &'static str, what: &str, got: f64, expected: f64, tolerance: f64) {
        self.n_numbers += 1;
        let difference = (got - expected).abs();
        let measure = difference / (1.0 + expected.abs());
        let worst = self.worst.entry(kind).or_default();
        if measure > worst.0 || measure.is_nan() {
            *worst = (measure, self.case.clone());
        }
        if difference.is_nan() || difference > tolerance {
            self.fail(format!("{kind} {what}: expected {expected}, got {got}"));
        }
    }

    /// Numbers must be close one by one.
    pub fn all_close(&mut self, kind: &'static str, what: &str, got: &[f32], expected: &[f64]) {
        if got.len() != expected.len() {
            return self.fail(format!("{kind} {what}: expected {} numbers, got {}", expected.len(), got.len()));
        }
        for (i, (&got, &expected)) in got.iter().zip(expected).enumerate() {
            self.close(kind, &format!("{what}[{i}]"), f64::from(got), expected);
        }
    }

    /// Numbers in double precision must be as close one by one as `tolerance` says, relative to numbers above 1.
    pub fn compare(&mut self, kind: &'static str, got: &[f64], expected: &[f64], tolerance: f64) {
        if got.len() != expected.len() {
            return self.fail(format!("{kind}: expected {} numbers, got {}", expected.len(), got.len()));
        }
        for (i, (&got, &expected)) in got.iter().zip(expected).enumerate() {
            self.close_within(kind, &format!("[{i}]"), got, expected, tolerance * expected.abs().max(1.0));
        }
    }

    /// Cases so far.
    pub fn n_cases(&self) -> usize {
        self.n_cases
    }

    /// Comparisons so far.
    pub fn n_numbers(&self) -> usize {
        self.n_numbers
    }

    /// Failures so far.
    pub fn failures(&self) -> &[String] {
        &self.failures
    }

    /// # Panics
    /// If anything failed.
    pub fn assert_passed(&self) {
        let shown = self.failures.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
        assert!(self.failures.is_empty(), "{} failures, the first ones:\n{shown}", self.failures.len());
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} cases, {} comparisons; worst |difference| / (1 + |value|):", self.n_cases, self.n_numbers)?;
        for (kind, (measure, case)) in &self.worst {
            writeln!(f, "  {kind:<16} {measure:.1e}  ({case})")?;
        }
        if !self.skipped.is_empty() {
            writeln!(f, "skipped, for what the engine does not have: {}", self.skipped.join(", "))?;
        }
        Ok(())
    }
}
