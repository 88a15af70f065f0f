//! What each chosen run reads in the changed image.

use super::candidate::Candidate;
use super::context::RobustnessContext;
use super::networks::is_built;
use crate::browser::now_ms;
use crate::components::most_probable;
use crate::plot::number::percent_to_tenth;
use crate::protocol::Phase;
use crate::protocol::questions::ChangedSubject;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// Least time between two rounds of questions, in milliseconds.
const RESTING_MS: f64 = 100.0;
/// The same while the network trains.
const TRAINING_MS: f64 = 500.0;

/// A line for each run: the digit, and how probable it is.
#[component]
pub fn TryAnswers() -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    keep_asking(context);
    view! {
        <ul class="try-answers" aria-label="What each run reads" translate="no">
            <For
                each=move || context.chosen.get()
                key=|candidate| (candidate.run, candidate.name.clone(), candidate.is_present)
                children=|candidate| view! { <Answer candidate /> }
            />
        </ul>
    }
}

#[component]
fn Answer(candidate: Candidate) -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let run = candidate.run;
    let reading = Memo::new(move |_| {
        let answer = context.state.run_answers.newest(run, ChangedSubject::default())?;
        let digit = most_probable(&answer.probs)?;
        Some((digit, *answer.probs.get(digit)?))
    });
    let share = move || reading.get().map_or(0.0, |(_, prob)| prob);
    view! {
        <li
            class="try-answers__answer"
            data-run=run
            data-digit=move || reading.get().map(|(digit, _)| digit.to_string())
            data-prob=move || reading.get().map(|(_, prob)| prob.to_string())
        >
            <span class="try-answers__name">
                <b style:color=candidate.css_colour() aria-hidden="true">{candidate.mark.to_string()}</b>
                " "
                {candidate.name.clone()}
            </span>
            <strong class="try-answers__digit">{move || reading.get().map_or_else(|| "–".to_owned(), |(digit, _)| digit.to_string())}</strong>
            <span class="try-answers__track" aria-hidden="true">
                <span
                    class="try-answers__bar"
                    style:background=candidate.css_colour()
                    style:width=move || format!("{:.1}%", 100.0 * share())
                ></span>
            </span>
            <span class="try-answers__share">{move || reading.get().map_or_else(|| "–".to_owned(), |(_, prob)| percent_to_tenth(prob))}</span>
        </li>
    }
}

/// Asks each chosen run again when the change, the image or the network is another, some times a second at most.
fn keep_asking(context: RobustnessContext) {
    let state = context.state;
    let last_ms = StoredValue::new(f64::NEG_INFINITY);
    let timer = StoredValue::new_local(None::<TimeoutHandle>);
    let ask = move || {
        // The panel may be gone before the timer.
        if last_ms.try_update_value(|last_ms| *last_ms = now_ms()).is_none() {
            return;
        }
        timer.set_value(None);
        let change = context.change.get_untracked();
        for candidate in context.chosen.get_untracked() {
            if untrack(|| is_built(context, candidate.run)) {
                state.ask_run(candidate.run, change);
            }
        }
    };
    Effect::new(move |_| {
        // Where a change wakes the effect only.
        context.change.track();
        context.chosen.track();
        state.run_answers.built.track();
        let has_image = state.seen().is_some();
        if !has_image || timer.with_value(Option::is_some) {
            return;
        }
        let period_ms = if untrack(|| state.run.phase()) == Phase::Training { TRAINING_MS } else { RESTING_MS };
        let wait_ms = period_ms - (now_ms() - last_ms.get_value());
        if wait_ms <= 0.0 {
            return ask();
        }
        let handle = set_timeout_with_handle(ask, Duration::from_millis(wait_ms.ceil() as u64));
        timer.set_value(handle.ok());
    });
    on_cleanup(move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    });
}
