//! How fast training goes: slow enough to be watched, or as fast as can be.

use crate::state::use_app_state;
use leptos::prelude::*;

/// Epochs per second and what that is called; the last has no limit.
const SPEEDS: [(Option<f64>, &str); 6] = [
    (Some(2.0), "2 epochs/s"),
    (Some(10.0), "10 epochs/s"),
    (Some(60.0), "1 epoch a frame (60/s)"),
    (Some(300.0), "300 epochs/s"),
    (Some(2_000.0), "2,000 epochs/s"),
    (None, "as fast as can be"),
];
/// One epoch a frame, as in TensorFlow Playground.
const DEFAULT: usize = 2;

/// The menu; the choice holds for all later runs, too.
#[component]
pub fn SpeedField() -> impl IntoView {
    let state = use_app_state();
    let chosen = RwSignal::new(DEFAULT);
    state.set_pace(SPEEDS[DEFAULT].0);
    let choose = move |value: String| {
        if let Some((epochs_per_second, _)) = value.parse().ok().and_then(|idx: usize| SPEEDS.get(idx)) {
            chosen.set(value.parse().unwrap_or(DEFAULT));
            state.set_pace(*epochs_per_second);
        }
    };
    view! {
        <label class="speed-field">
            "Speed "
            <select class="select" data-testid="plane-speed" on:change=move |event| choose(event_target_value(&event))>
                {SPEEDS
                    .into_iter()
                    .enumerate()
                    .map(|(idx, (_, title))| {
                        view! { <option value=idx.to_string() prop:selected=move || chosen.get() == idx>{title}</option> }
                    })
                    .collect_view()}
            </select>
        </label>
    }
}
