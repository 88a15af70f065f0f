//! What stands for `bench` in a worker without the speed bench.

use super::session::Session;
use inkling_engine::trainer::StepReport;

/// What nobody makes.
pub enum Recording {}

impl Recording {
    /// Never called.
    pub fn push(&mut self, _report: &StepReport) {
        match *self {}
    }

    /// Never called.
    pub fn count_validation(&mut self, _ms: f64) {
        match *self {}
    }
}

/// Nothing.
pub fn tick(_session: &mut Session) {}

/// Nothing: `false`.
pub fn time_here(_session: &mut Session) -> bool {
    false
}

/// Nothing.
pub fn give_up(_session: &mut Session) {}
