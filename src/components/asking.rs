//! Keeps the worker's answers fresh: at once when the network rests, now and then while it trains, and rarer where painting
//! them takes the page's thread long.

use crate::browser::now_ms;
use crate::protocol::{AnyQuestion, PAINT_SHARE, Phase};
use crate::state::AppState;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// The longest pause that is made for painting.
const LONGEST_MS: f64 = 1_500.0;

/// Least time between two rounds of the same questions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// While the network does not train, in milliseconds.
    pub resting_ms: f64,
    /// While it trains, in milliseconds.
    pub training_ms: f64,
}

impl Pace {
    /// For answers that the worker gives at once.
    pub const PROMPT: Pace = Pace { resting_ms: 120.0, training_ms: 500.0 };
    /// For answers that take the worker a moment.
    pub const SLOW: Pace = Pace { resting_ms: 300.0, training_ms: 4_000.0 };

    /// Milliseconds until the next round, 0 for now. New questions are put at once. While the network trains, painting
    /// takes the page `paint_ms` each time.
    #[must_use]
    pub fn wait_ms(self, is_training: bool, are_new: bool, since_last_ms: f64, paint_ms: f64) -> f64 {
        let for_painting_ms = (paint_ms / PAINT_SHARE).min(LONGEST_MS);
        let period_ms = if is_training { self.training_ms.max(for_painting_ms) } else { self.resting_ms };
        if are_new { 0.0 } else { (period_ms - since_last_ms).max(0.0) }
    }
}

/// The last round of questions, and the timer of the next one.
struct Round {
    asked: Vec<AnyQuestion>,
    asked_ms: f64,
    timer: Option<TimeoutHandle>,
}

/// Asks `questions` again whenever a signal that they read has changed, at that pace, for as long as the calling
/// component is on the page.
pub fn keep_asking(state: AppState, pace: Pace, questions: impl Fn() -> Vec<AnyQuestion> + 'static) {
    let round = StoredValue::new_local(Round { asked: Vec::new(), asked_ms: f64::NEG_INFINITY, timer: None });
    let ask = move |questions: Vec<AnyQuestion>| {
        questions.iter().for_each(|question| state.ask(*question));
        let _ = round.try_update_value(|round| {
            *round = Round { asked: questions, asked_ms: now_ms(), timer: None };
        });
    };
    let cancel = move || {
        // The round may be gone before its timer.
        if let Some(Some(timer)) = round.try_update_value(|round| round.timer.take()) {
            timer.clear();
        }
    };
    Effect::new(move |_| {
        let questions = questions();
        let is_training = untrack(|| state.run.phase()) == Phase::Training;
        let (are_new, since_last_ms) = round.with_value(|round| (round.asked != questions, now_ms() - round.asked_ms));
        let wait_ms = pace.wait_ms(is_training, are_new, since_last_ms, state.paint_ms());
        cancel();
        if wait_ms <= 0.0 {
            return ask(questions);
        }
        let timer = set_timeout_with_handle(move || ask(questions), Duration::from_millis(wait_ms.ceil() as u64));
        round.update_value(|round| round.timer = timer.ok());
    });
    on_cleanup(cancel);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_questions_do_not_wait_old_ones_do() {
        let pace = Pace { resting_ms: 100.0, training_ms: 500.0 };
        assert_eq!(pace.wait_ms(true, true, 3.0, 0.0), 0.0);
        assert_eq!(pace.wait_ms(true, false, 120.0, 0.0), 380.0);
        assert_eq!(pace.wait_ms(false, false, 120.0, 0.0), 0.0);
        assert_eq!(pace.wait_ms(false, false, f64::INFINITY, 0.0), 0.0);
    }

    #[test]
    fn slow_painting_makes_rounds_rarer_in_training_only() {
        let pace = Pace { resting_ms: 100.0, training_ms: 500.0 };
        let waits =
            |is_training: bool| [20.0, 80.0, 900.0].map(|paint_ms| pace.wait_ms(is_training, false, 100.0, paint_ms));
        assert_eq!(waits(true), [400.0, 700.0, 1_400.0]);
        assert_eq!(waits(false), [0.0; 3]);
    }
}
