//! What the next press of Train does.

use super::text::what_train_does;
use crate::protocol::Phase;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Id of the line, which describes the button.
pub const NEXT_TRAIN_ID: &str = "next-train";

/// One line; empty while the run trains or nothing can be trained.
#[component]
pub fn NextTrain() -> impl IntoView {
    let state = use_app_state();
    let text = Memo::new(move |_| {
        let is_running = matches!(state.run.phase(), Phase::Training | Phase::Loading);
        let can_begin = state.machine.read().is_some() && state.checked.read().is_ok();
        let (seed, n_epochs) = (state.experiment.read().seed, state.run.epochs.read().len());
        (!is_running && can_begin).then(|| what_train_does(state.next_train(), state.run.start.get(), seed, n_epochs))
    });
    view! {
        <p
            class="run__next muted"
            id=NEXT_TRAIN_ID
            data-testid="next-train"
            translate="no"
            prop:textContent=move || text.get().unwrap_or_default()
        ></p>
    }
}
