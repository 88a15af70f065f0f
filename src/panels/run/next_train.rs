//! What the next press of Train does or, while the run trains, how fast it goes.

use super::text::{pace, what_train_does};
use crate::protocol::Phase;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Id of the line, which describes the button.
pub const NEXT_TRAIN_ID: &str = "next-train";

/// One line; one of its two texts is empty.
#[component]
pub fn NextTrain() -> impl IntoView {
    let state = use_app_state();
    let text = Memo::new(move |_| {
        let is_running = matches!(state.run.phase(), Phase::Training | Phase::Loading);
        let can_begin = state.machine.read().is_some() && state.checked.read().is_ok();
        let (seed, n_epochs) = (state.experiment.read().seed, state.run.epochs.read().len());
        (!is_running && can_begin).then(|| what_train_does(state.next_train(), state.run.start.get(), seed, n_epochs))
    });
    let pace = Memo::new(move |_| pace(&state.run.progress.read()));
    view! {
        <div class="run__next muted" translate="no">
            <p id=NEXT_TRAIN_ID data-testid="next-train" prop:textContent=move || text.get().unwrap_or_default()></p>
            <p prop:textContent=move || pace.get()></p>
        </div>
    }
}
