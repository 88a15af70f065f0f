//! How far the run is.

use super::text::{headline, share_done};
use crate::state::{AppState, is_open, use_app_state};
use leptos::prelude::*;

/// The status line, with the same facts as attributes for scripts.
#[component]
pub fn RunStatus() -> impl IntoView {
    let AppState { run, place, .. } = use_app_state();
    // Scripts find the one of the open place.
    let is_open = is_open(place);
    let head = Memo::new(move |_| headline(&run.progress.read(), run.start.get(), run.kept_epoch.get()));
    let val_accuracy = move || run.kept().and_then(|record| record.val_accuracy);
    view! {
        <div
            class="run__status"
            translate="no"
            data-testid=move || is_open().then_some("run-status")
            data-state=move || run.phase().as_str()
            data-epoch=move || run.progress.read().epoch.to_string()
            data-step=move || run.progress.read().step.to_string()
            data-loss=move || run.last_batch.get().map(|batch| batch.loss.to_string())
            data-val-accuracy=move || val_accuracy().map(|accuracy| accuracy.to_string())
        >
            <p>
                <strong>{move || head.read().0.clone()}</strong>
                {move || match head.read().1.as_str() {
                    "" => String::new(),
                    rest => format!(" · {rest}"),
                }}
            </p>
        </div>
    }
}

/// The same as a bar.
#[component]
pub fn RunProgress() -> impl IntoView {
    let run = use_app_state().run;
    let share = Memo::new(move |_| share_done(&run.progress.read()));
    view! {
        <div
            class="run__progress"
            role="progressbar"
            aria-label="Progress of the run"
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || format!("{:.0}", share.get() * 100.0)
        >
            <div class="run__progress-done" style:transform=move || format!("scaleX({:.4})", share.get())></div>
        </div>
    }
}
