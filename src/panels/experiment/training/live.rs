//! Whether a run under way follows the fields of learning rate and epochs.

use crate::protocol::Phase;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Whether a run under way takes up what is typed as its learning rate or epochs.
pub fn use_is_live() -> Signal<bool> {
    let state = use_app_state();
    Memo::new(move |_| {
        matches!(state.run.phase(), Phase::Loading | Phase::Training | Phase::Paused) && state.is_of_run()
    })
    .into()
}
