//! The digit that the network reads, how sure it is, and whose network it is.

use super::prediction::{Prediction, origin};
use crate::components::{is_label_error, subject_name};
use crate::plot::number::percent_to_tenth;
use crate::protocol::{Phase, Subject};
use crate::state::use_app_state;
use leptos::prelude::*;
use std::time::Duration;

/// How long a reading must stand before it is spoken: once for a stroke, not for each of its points.
const REST: Duration = Duration::from_millis(700);

/// The prediction in large type.
#[component]
pub fn PredictionView(
    /// What is predicted.
    prediction: Memo<Prediction>,
) -> impl IntoView {
    let state = use_app_state();
    let digit = move || match *prediction.read() {
        Prediction::Digit { digit, .. } => Some(digit.to_string()),
        _ => None,
    };
    let probability = move || match *prediction.read() {
        Prediction::Digit { probability, .. } => Some(probability),
        _ => None,
    };
    let text = move || match *prediction.read() {
        Prediction::Waiting => "waiting for the network".to_owned(),
        Prediction::Empty => "draw a digit".to_owned(),
        Prediction::NotANumber => "the output is not a number: the training diverged".to_owned(),
        Prediction::Digit { probability, doubt: None, .. } => format!("{} sure", percent_to_tenth(probability)),
        Prediction::Digit { digit, probability, doubt: Some(doubt), .. } => {
            format!("Not sure: {}. Closest: {digit}, {}.", doubt.text(), percent_to_tenth(probability))
        }
    };
    let is_sure = move || matches!(*prediction.read(), Prediction::Digit { doubt: None, .. });
    let entropy = move || match *prediction.read() {
        Prediction::Digit { entropy, .. } => Some(format!("{entropy:.4}")),
        _ => None,
    };
    let shown = move || match (digit(), is_sure()) {
        (Some(digit), true) => digit,
        (Some(_), false) => "?".to_owned(),
        (None, _) => "–".to_owned(),
    };
    let network = Memo::new(move |_| {
        let inspection = state.seen()?;
        let origin = origin(state.run.start.get(), inspection.n_steps, state.run.progress.read().steps_per_epoch);
        Some(if state.run.weight_edits.read().is_edited() { format!("{origin}, edited by hand") } else { origin })
    });
    let other_subject = Memo::new(move |_| {
        let own = state.own_digits.looked_at.read();
        if let Some(digit) = own.as_ref().filter(|_| state.subject.get() == Subject::Drawing) {
            return Some(format!("a digit that you have kept, a {}", digit.label()));
        }
        let inspection = state.inspection.read();
        let inspection = inspection.as_ref().filter(|inspection| inspection.subject != Subject::Drawing)?;
        let label = inspection.label.map(|label| format!(", a {label}")).unwrap_or_default();
        let is_doubted = matches!(inspection.subject, Subject::Test(image_idx) if is_label_error(image_idx));
        let label = if is_doubted { label + " (people disagree)" } else { label };
        Some(format!("{}{label}", subject_name(inspection.subject)))
    });
    let spoken = spoken(prediction, move || state.run.phase() == Phase::Training);
    view! {
        <div
            class="prediction"
            translate="no"
            data-testid="prediction"
            data-digit=digit
            data-sure=move || if is_sure() { "yes" } else { "no" }
            data-entropy=entropy
            data-probability=move || probability().map(|probability| probability.to_string())
        >
            <p class="prediction__reading">
                <span class="prediction__digit">{shown}</span>
                <span class="prediction__text" class=("prediction__text--doubt", move || digit().is_some() && !is_sure())>
                    {text}
                </span>
            </p>
            <p class="prediction__note">
            <span class="prediction__network">{move || network.get().unwrap_or_default()}</span>
            {move || {
                other_subject
                    .get()
                    .map(|name| {
                        view! {
                            <span class="prediction__subject">
                                "reads " {name} " "
                                <button
                                    type="button"
                                    class="prediction__back"
                                    on:click=move |_| state.look_at_own(None)
                                >
                                    "back to my drawing"
                                </button>
                            </span>
                        }
                    })
            }}
            </p>
            <p class="visually-hidden" role="status" prop:textContent=move || spoken.get()></p>
        </div>
    }
}

/// What a screen reader says of the reading, when it has come to rest. While the network trains, the epochs are spoken.
fn spoken(
    prediction: Memo<Prediction>,
    is_training: impl Fn() -> bool + Copy + Send + Sync + 'static,
) -> RwSignal<String> {
    let spoken = RwSignal::new(String::new());
    let say = move || {
        if untrack(is_training) {
            return;
        }
        if let Some(Prediction::Digit { digit, probability, doubt, .. }) = prediction.try_get_untracked() {
            spoken.set(match doubt {
                None => format!("Read as {digit}, {} sure.", percent_to_tenth(probability)),
                Some(doubt) => format!("Not sure: {}. Closest: {digit}.", doubt.text()),
            });
        }
    };
    Effect::new(move |_| {
        prediction.track();
        // Emptied first: the same words after another stroke are spoken, too.
        spoken.set(String::new());
        if let Ok(timer) = set_timeout_with_handle(say, REST) {
            on_cleanup(move || timer.clear());
        }
    });
    spoken
}
