//! Asks before the page is left while a run trains: its weights are nowhere else.

use crate::protocol::Phase;
use crate::state::use_app_state;
use leptos::{ev, prelude::*};

/// Listens while the calling component is on the page. The browser words the question.
pub fn ask_before_leaving() {
    let state = use_app_state();
    let listener = window_event_listener(ev::beforeunload, move |event| {
        let is_training = state.run.progress.try_read_untracked().is_some_and(|run| run.phase == Phase::Training);
        if is_training {
            event.prevent_default();
            // Older browsers ask only where there is a text, which they do not show.
            event.set_return_value("training");
        }
    });
    on_cleanup(move || listener.remove());
}
