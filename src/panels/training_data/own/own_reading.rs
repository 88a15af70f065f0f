//! What the present network reads in the own digits.

use crate::components::{Pace, keep_asking};
use crate::plot::number::{percent, thousands};
use crate::protocol::questions::OwnReadings;
use crate::state::AppState;
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// The digit that is read, by the image's number; empty while it is not known.
pub type ReadDigits = Memo<Arc<HashMap<usize, u8>>>;

/// Follows what the present network reads, as it and the digits change.
pub fn follow_readings(state: AppState) -> ReadDigits {
    let question = move || OwnReadings { n_changes: state.own_digits.n_changes.get() };
    keep_asking(state, Pace { resting_ms: 150.0, training_ms: 5_000.0 }, move || {
        // The network may be another after each of these.
        state.run.id.track();
        state.run.progress.track();
        state.run.weight_edits.track();
        state.machine.track();
        if state.own_digits.list.read().is_empty() { Vec::new() } else { vec![question().into()] }
    });
    Memo::new(move |_| {
        let list = state.own_digits.list.read();
        let Some(answered) = state.answers.own_readings.to(question()) else { return Arc::default() };
        // While a newer reading is under way, the answer has the first digits only.
        Arc::new(list.iter().map(|digit| digit.image().id()).zip(answered.answer.classes.iter().copied()).collect())
    })
}

/// How many are read correctly, in words.
#[must_use]
pub fn score_text(n_right: usize, n_read: usize, n: usize) -> String {
    match n {
        _ if n == 0 || n_read < n => String::new(),
        1 if n_right == 1 => "Your digit is read correctly.".to_owned(),
        1 => "Your digit is misread.".to_owned(),
        _ => format!(
            "{} of {} of your digits are read correctly ({}).",
            thousands(n_right),
            thousands(n),
            percent(n_right as f64 / n as f64)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::score_text;

    #[test]
    fn the_score_is_said_once_all_are_read() {
        assert_eq!(score_text(7, 9, 9), "7 of 9 of your digits are read correctly (77.78 %).");
        assert_eq!(score_text(1, 1, 1), "Your digit is read correctly.");
        assert_eq!(score_text(0, 1, 1), "Your digit is misread.");
        assert_eq!(score_text(7, 8, 9), "");
        assert_eq!(score_text(0, 0, 0), "");
    }
}
