//! Fetches the data set again by itself: after growing pauses, and at once when the network is back.

use crate::state::{AppState, DataState};
use leptos::{ev, prelude::*};
use std::time::Duration;

/// Longest pause, in seconds.
const MAX_PAUSE: u64 = 60;

/// Pause before try `n_failures + 1`: 2, 4, 8, … seconds.
#[must_use]
pub fn pause_seconds(n_failures: u32) -> u64 {
    2_u64.saturating_pow(n_failures.max(1)).min(MAX_PAUSE)
}

/// Tries again while the calling component is on the page; how many tries have failed.
pub fn retry_data_by_itself(state: AppState) -> ReadSignal<u32> {
    let (n_failures, set_failures) = signal(0);
    let retry = move || {
        if state.data.try_get_untracked() == Some(DataState::Failed) {
            state.retry_data();
        }
    };
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    Effect::new(move |_| match state.data.get() {
        DataState::Failed => {
            stop();
            set_failures.update(|n_failures| *n_failures += 1);
            let pause = Duration::from_secs(pause_seconds(n_failures.get_untracked()));
            timer.set_value(set_timeout_with_handle(retry, pause).ok());
        }
        DataState::Loaded { .. } => set_failures.set(0),
        DataState::Waiting | DataState::Loading(_) => {}
    });
    let listener = window_event_listener(ev::online, move |_| retry());
    on_cleanup(move || {
        stop();
        listener.remove();
    });
    n_failures
}

#[cfg(test)]
mod tests {
    use super::pause_seconds;

    #[test]
    fn pauses_grow_to_a_minute() {
        assert_eq!([1, 2, 3, 5, 6, 100].map(pause_seconds), [2, 4, 8, 32, 60, 60]);
    }
}
