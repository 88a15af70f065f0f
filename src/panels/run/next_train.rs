//! What the next press of Train does or, while the run trains, how fast it goes.

use super::text::{epochs_per_image, pace, what_train_does};
use crate::components::runs::seed_text;
use crate::protocol::Phase;
use crate::state::{Place, is_open, use_app_state};
use leptos::prelude::*;

/// Id of the line, which describes the button; each place has one.
#[must_use]
pub fn next_train_id(place: Place) -> &'static str {
    match place {
        Place::Digits => "next-train",
        Place::Plane => "plane-next-train",
    }
}

/// One line; one of its two texts is empty.
#[component]
pub fn NextTrain() -> impl IntoView {
    let state = use_app_state();
    let is_open = is_open(state.place);
    let text = Memo::new(move |_| {
        let is_running = matches!(state.run.phase(), Phase::Training | Phase::Loading);
        let can_begin = state.machine.read().is_some() && state.checked.read().is_ok();
        let (seed, n_epochs) = (seed_text(&state.experiment.read()), state.run.n_epochs());
        (!is_running && can_begin).then(|| what_train_does(state.next_train(), state.run.start.get(), &seed, n_epochs))
    });
    let pace =
        Memo::new(move |_| pace(&state.run.progress.read(), epochs_per_image(state.place, &state.run.checked.read())));
    view! {
        <div class="run__next muted" translate="no">
            <p id=next_train_id(state.place) data-testid=move || is_open().then_some("next-train") prop:textContent=move || text.get().unwrap_or_default()></p>
            <p prop:textContent=move || pace.get()></p>
        </div>
    }
}
