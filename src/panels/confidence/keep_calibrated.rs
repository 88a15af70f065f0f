//! Keeps the network's temperature, and what it knows, up to date, so that the pad can say "not sure".

use crate::components::{Pace, keep_asking};
use crate::protocol::Phase;
use crate::protocol::questions::Calibration;
use crate::state::{AppState, DataState};
use leptos::prelude::*;

/// Asks for the calibration of each network that has come to rest, for as long as the calling component is on the page. While
/// a network trains, the last temperature holds.
pub fn keep_calibrated(state: AppState) {
    let is_resting = Memo::new(move |_| {
        let is_loaded = matches!(state.data.get(), DataState::Loaded { .. });
        let has_network = state.machine.read().is_some() && state.run.id.get() > 0 && state.run.is_on_images();
        is_loaded && has_network && matches!(state.run.phase(), Phase::Idle | Phase::Paused | Phase::Finished)
    });
    let n_steps = Memo::new(move |_| state.seen().map(|seen| seen.n_steps));
    keep_asking(state, Pace::SLOW, move || {
        state.run.id.track();
        n_steps.track();
        state.run.weight_edits.track();
        if is_resting.get() { vec![Calibration.into()] } else { Vec::new() }
    });
}
