//! The buttons of a run.

use super::next_train::next_train_id;
use crate::components::plane::has_control;
use crate::link::playground::Control;
use crate::protocol::Phase;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Train or Pause, single steps, Reset.
#[component]
pub fn Transport() -> impl IntoView {
    let state = use_app_state();
    let phase = Memo::new(move |_| state.run.phase());
    let is_running = Memo::new(move |_| matches!(phase.get(), Phase::Training | Phase::Loading));
    let is_ready = Memo::new(move |_| state.machine.read().is_some());
    let is_possible = Memo::new(move |_| state.checked.read().is_ok());
    let can_begin = move || is_ready.get() && is_possible.get();
    let [has_train, has_step, has_reset] =
        [Control::PlayButton, Control::StepButton, Control::ResetButton].map(has_control);
    let toggle = move |_| if is_running.get_untracked() { state.pause() } else { state.train() };
    view! {
        <div class="run__buttons">
            <button
                hidden=move || !has_train()
                type="button"
                class="button button--primary run__train"
                aria-describedby=next_train_id(state.place)
                disabled=move || !is_running.get() && !can_begin()
                title=move || (!is_possible.get()).then_some("The experiment has a mistake; it is marked where it is")
                on:click=toggle
            >
                <span class="run__sign" class:run__sign--pause=is_running aria-hidden="true"></span>
                <span prop:textContent=move || if is_running.get() { "Pause" } else { "Train" }></span>
            </button>
            <button
                type="button"
                class="button"
                hidden=move || !has_step()
                disabled=move || is_running.get() || !can_begin()
                on:click=move |_| state.step_batch()
            >
                "Step batch"
            </button>
            <button
                type="button"
                class="button"
                hidden=move || !has_step()
                disabled=move || is_running.get() || !can_begin()
                on:click=move |_| state.step_epoch()
            >
                "Step epoch"
            </button>
            <button
                type="button"
                class="button"
                hidden=move || !has_reset()
                disabled=move || !can_begin()
                on:click=move |_| state.reset()
            >
                "Reset"
            </button>
        </div>
    }
}
