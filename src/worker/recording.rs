//! Figures of a run's updates, for the bench.

use inkling_engine::trainer::StepReport;

/// What has happened in a run since the last look.
#[derive(Debug, Default)]
pub struct Recording {
    /// Loss and accuracy of each update.
    pub batches: Vec<(f64, f64)>,
    /// Time spent on validation.
    pub validation_ms: f64,
}

impl Recording {
    /// Takes up an update.
    pub fn push(&mut self, report: &StepReport) {
        self.batches.push((report.loss, report.accuracy));
    }

    /// Takes up a validation.
    pub fn count_validation(&mut self, ms: f64) {
        self.validation_ms += ms;
    }
}
