//! The tab "Confidence".

use super::coverage::answers;
use super::diagram::{Diagram, N_BINS};
use super::temperature_field::TemperatureField;
use super::threshold::ThresholdField;
use crate::components::{JudgedSetSwitch, Term, glossary, keep_judging};
use crate::plot::number::percent;
use crate::protocol::questions::JudgedSet;
use crate::state::use_app_state;
use inkling_engine::calibration::Reliability;
use leptos::prelude::*;
use std::sync::Arc;

/// The reliability diagram with its errors, the temperature that mends them, and the threshold of doubt.
#[component]
pub fn ConfidencePanel() -> impl IntoView {
    let state = use_app_state();
    let set = RwSignal::new(JudgedSet::Validation);
    let judged = keep_judging(state, set.into());
    let at = move |temperature: f64| {
        let judged = judged.get()?;
        let answers = answers(&judged, temperature);
        Some(Reliability::new(answers.iter().map(|answer| (answer.confidence, answer.is_right)), N_BINS))
    };
    let temperature = Memo::new(move |_| state.temperature());
    let as_trained = Memo::new(move |_| at(1.0));
    let reliability = Memo::new(move |_| at(temperature.get()));
    let answered =
        Memo::new(move |_| Arc::new(judged.get().map_or_else(Vec::new, |judged| answers(&judged, temperature.get()))));
    let errors = move |reliability: Memo<Option<Reliability>>| {
        let cell = move |of: fn(&Reliability) -> f64| {
            view! {
                <td prop:textContent=move || reliability.read().as_ref().map_or_else(|| "–".to_owned(), |it| percent(of(it)))></td>
            }
        };
        (cell(|it| it.ece), cell(|it| it.mce))
    };
    let ece = move |reliability: Memo<Option<Reliability>>| reliability.read().as_ref().map(|it| it.ece.to_string());
    view! {
        <div class="confidence">
            <p class="doubt__why">
                "A network that is 90 % sure should be right nine times out of ten. Here you see whether it is, make its probabilities honest, and let it say that it does not know."
            </p>
            <JudgedSetSwitch set />
            <div class="confidence__columns">
                <Diagram reliability />
                <section class="confidence__side" aria-label="Calibration">
                    <h3 class="doubt__title">
                        <Term entry=glossary::CALIBRATION>"calibration"</Term>
                    </h3>
                    <table
                        class="table confidence__errors"
                        data-testid="calibration"
                        data-ece=move || ece(as_trained)
                        data-ece-after=move || ece(reliability)
                        translate="no"
                    >
                        <thead>
                            <tr>
                                <th scope="col">"temperature"</th>
                                <th scope="col">
                                    <Term entry=glossary::ECE>"ECE"</Term>
                                </th>
                                <th scope="col">
                                    <Term entry=glossary::MCE>"MCE"</Term>
                                </th>
                            </tr>
                        </thead>
                        <tbody>
                            <tr>
                                <th scope="row">"1.00, as trained"</th>
                                {errors(as_trained)}
                            </tr>
                            <tr>
                                <th scope="row" prop:textContent=move || format!("{:.2}", temperature.get())></th>
                                {errors(reliability)}
                            </tr>
                        </tbody>
                    </table>
                    <TemperatureField />
                </section>
                <section class="confidence__side" aria-label="Don't know">
                    <h3 class="doubt__title">"“I don't know”"</h3>
                    <ThresholdField answers=answered />
                </section>
            </div>
        </div>
    }
}
