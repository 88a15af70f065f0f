//! What decides whether the network is said to be sure.

use super::AppState;
use leptos::prelude::*;

/// The entropy above which the network is not sure, before the learner chooses another: 0.5 nats is 80 % for one digit and
/// 20 % for another.
pub const ENTROPY_LIMIT: f64 = 0.5;

impl AppState {
    /// The temperature that the network's probabilities are taken at: the learner's, the one that fits best, or 1 before that
    /// is known. Reactive.
    #[must_use]
    pub fn temperature(&self) -> f64 {
        let fitted = || self.answers.calibration.newest().map(|found| found.answer.temperature);
        self.tried_temperature.get().or_else(fitted).unwrap_or(1.0)
    }
}
