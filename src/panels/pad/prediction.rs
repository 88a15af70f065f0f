//! The digit that the network reads, how sure it is, and whose network it is.

use super::reading::{Reading, origin};
use crate::components::subject_name;
use crate::plot::number::percent_to_tenth;
use crate::protocol::Subject;
use crate::state::use_app_state;
use leptos::prelude::*;

/// The reading in large type.
#[component]
pub fn Prediction(
    /// What is read.
    reading: Memo<Reading>,
) -> impl IntoView {
    let state = use_app_state();
    let digit = move || match *reading.read() {
        Reading::Digit { digit, .. } => Some(digit.to_string()),
        _ => None,
    };
    let probability = move || match *reading.read() {
        Reading::Digit { probability, .. } => Some(probability),
        _ => None,
    };
    let words = move || match *reading.read() {
        Reading::Waiting => "waiting for the network".to_owned(),
        Reading::Empty => "draw a digit".to_owned(),
        Reading::NotANumber => "the output is not a number: the training diverged".to_owned(),
        Reading::Digit { probability, .. } => format!("{} sure", percent_to_tenth(probability)),
    };
    let network = Memo::new(move |_| {
        let inspection = state.inspection.read();
        let inspection = inspection.as_ref().filter(|inspection| inspection.run == state.run.id.get())?;
        let origin = origin(state.run.start.get(), inspection.n_steps, state.run.progress.read().steps_per_epoch);
        Some(if state.run.weight_edits.read().is_edited() { format!("{origin}, edited by hand") } else { origin })
    });
    let other_subject = Memo::new(move |_| {
        let inspection = state.inspection.read();
        let inspection = inspection.as_ref().filter(|inspection| inspection.subject != Subject::Drawing)?;
        let label = inspection.label.map(|label| format!(", a {label}")).unwrap_or_default();
        Some(format!("{}{label}", subject_name(inspection.subject)))
    });
    view! {
        <div
            class="prediction"
            data-testid="prediction"
            data-digit=digit
            data-probability=move || probability().map(|probability| probability.to_string())
        >
            <p class="prediction__reading">
                <span class="prediction__digit">{move || digit().unwrap_or_else(|| "–".to_owned())}</span>
                <span class="prediction__words">{words}</span>
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
                                    on:click=move |_| state.look_at(Subject::Drawing)
                                >
                                    "back to my drawing"
                                </button>
                            </span>
                        }
                    })
            }}
            </p>
        </div>
    }
}
