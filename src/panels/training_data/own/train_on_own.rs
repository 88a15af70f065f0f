//! Whether the next run is trained on the own digits, too, and what each of them counts.

use crate::components::while_mounted;
use crate::plot::number::thousands;
use crate::state::use_app_state;
use inkling_engine::experiment::OwnDigitsConfig;
use leptos::prelude::*;

/// What a digit counts until another number is typed: beside 54,000 images single ones would hardly be noticed.
const USUAL_WEIGHT: usize = 20;

/// The switch and the number.
#[component]
pub fn TrainOnOwn() -> impl IntoView {
    let state = use_app_state();
    let config = Memo::new(move |_| state.own_digits_config());
    let is_on = move || !config.read().is_none();
    let typed = RwSignal::new(USUAL_WEIGHT);
    let weight = move || if is_on() { config.read().weight } else { typed.get() };
    let message = RwSignal::new(String::new());
    let n_shown = RwSignal::new(0_u32);
    let is_other = Memo::new(move |_| is_on() && *config.read() != state.kept_config(config.read().weight));
    let has_digits = move || !state.own_digits.list.read().is_empty();
    let switch = move |is_on: bool| {
        let config = if is_on { untrack(|| state.kept_config(typed.get())) } else { OwnDigitsConfig::default() };
        state.edit_own_digits(config);
    };
    let type_in = move |event: web_sys::Event| {
        let text = event_target_value(&event);
        let range = OwnDigitsConfig::WEIGHTS;
        match text.trim().parse().ok().filter(|weight| (range.low..=range.high).contains(weight)) {
            Some(weight) => {
                message.set(String::new());
                typed.set(weight);
                if untrack(is_on) {
                    state.edit_own_digits(untrack(|| state.kept_config(weight)));
                }
            }
            None => {
                message.set(format!("Expected a whole number from {} to {}, got “{text}”", range.low, range.high));
                n_shown.update(|n_shown| *n_shown += 1);
            }
        }
    };
    let said = move || {
        let config = config.get();
        if is_other.get() {
            format!(
                "The experiment names {} own digits that are not those kept here. Import those, or train on yours.",
                thousands(config.n)
            )
        } else if is_on() {
            let n_train = state.checked.read().as_ref().map_or(0, |checked| checked.n_train());
            format!(
                "{} own digits count as {} of {} training images. Train starts a run with them.",
                thousands(config.n),
                thousands(config.n_images()),
                thousands(n_train)
            )
        } else {
            String::new()
        }
    };
    view! {
        <section class="own__train" aria-label="Train on your digits">
            <label class="switch-field">
                <input
                    type="checkbox"
                    prop:checked=is_on
                    prop:disabled=move || !has_digits() && !is_on()
                    on:change=move |event| switch(event_target_checked(&event))
                />
                "Train on my digits too"
            </label>
            <label class="own__weight">
                "each counts as "
                <input
                    type="text"
                    class="number-field"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-describedby="own-weight-message"
                    aria-invalid=move || (!message.read().is_empty()).then_some("true")
                    prop:value=move || {
                        n_shown.track();
                        weight().to_string()
                    }
                    on:change=while_mounted(type_in)
                />
                " images"
            </label>
            <span class="message message--bad" id="own-weight-message" role="status" prop:textContent=move || message.get()></span>
            <span class="message" class:message--warn=is_other data-testid="own-training" prop:textContent=said></span>
            <Show when=move || is_other.get() && has_digits()>
                <button type="button" class="button button--quiet" on:click=move |_| switch(true)>
                    "Train on mine"
                </button>
            </Show>
        </section>
    }
}
