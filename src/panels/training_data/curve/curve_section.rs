//! The section: begins and cancels the training of all sizes, and shows what has come of it so far.

use super::super::context::use_training_data;
use super::curve_chart::CurveChart;
use super::curve_table::CurveTable;
use super::curve_text::{finding, is_complete, progress_text, share_done};
use crate::browser::now_ms;
use crate::components::{Term, glossary};
use crate::plot::number::thousands;
use crate::protocol::Phase;
use crate::protocol::questions::{LEAST_CURVE_STEPS, LearningCurve, curve_sizes};
use crate::state::{DataState, use_app_state};
use leptos::prelude::*;
use std::sync::Arc;

/// The learning curve.
#[component]
pub fn CurveSection() -> impl IntoView {
    let state = use_app_state();
    let asked = use_training_data().curve_asked;
    let answered = Memo::new(move |_| state.answers.learning_curve.newest());
    let answer = Memo::new(move |_| Some(Arc::new(answered.read().as_ref()?.answer.clone())));
    let complete = move || answer.read().as_ref().is_some_and(|answer| is_complete(answer));
    let refused = state.answers.refused;
    let is_asked = move || asked.get().is_some_and(|(run, _)| run == state.run.id.get());
    let is_under_way = Memo::new(move |_| is_asked() && !complete() && refused.read().is_none());
    let is_loaded = Memo::new(move |_| matches!(state.data.get(), DataState::Loaded { .. }));
    let sizes = move || curve_sizes(state.run.checked.read().n_train());
    let begin = move |_| {
        state.answers.learning_curve.clear();
        refused.set(None);
        asked.set(Some((state.run.id.get_untracked(), now_ms())));
        state.ask(LearningCurve);
    };
    let cancel = move |_| {
        state.withdraw(LearningCurve);
        asked.set(None);
    };
    let progress = move || {
        let begin_ms = asked.get().map_or(0.0, |(_, begin_ms)| begin_ms);
        let answer = answer.read();
        match answer.as_ref() {
            Some(answer) if is_under_way.get() => progress_text(answer, (now_ms() - begin_ms) / 1_000.0),
            None if is_under_way.get() => "The first size is being trained …".to_owned(),
            _ => String::new(),
        }
    };
    let slow = move || {
        let is_training = is_under_way.get() && state.run.phase() == Phase::Training;
        if is_training { "Your run is training: until it rests, the curve gets a twelfth of the time." } else { "" }
    };
    let text = move || {
        let answer = answer.read();
        let Some(answer) = answer.as_ref() else { return String::new() };
        let found = finding(&answer.points).unwrap_or_default();
        match (is_complete(answer), is_under_way.get()) {
            (false, false) => {
                format!("Cancelled after {} of {} sizes. {found}", answer.points.len(), answer.sizes.len())
            }
            _ => found,
        }
    };
    let plan = move || {
        let sizes = sizes();
        let (first, last) = (sizes.first().copied().unwrap_or_default(), sizes.last().copied().unwrap_or_default());
        let epochs = state.run.checked.read().experiment().training.epochs;
        format!(
            "Trains the present experiment {} times from its seed, on {} to {} images, for its {epochs} epochs each, or for at least {} updates. All are judged on the same validation images. The run itself stays as it is.",
            sizes.len(),
            thousands(first),
            thousands(last),
            thousands(LEAST_CURVE_STEPS)
        )
    };
    let has_validation = move || state.run.checked.read().n_validation() > 0;
    view! {
        <p class="training-data__why">
            "Would more images help? A " <Term entry=glossary::LEARNING_CURVE>"learning curve"</Term>
            " answers that before you collect any."
        </p>
        <p class="muted learning-curve__plan" prop:textContent=plan></p>
        <Show when=move || !has_validation()>
            <p class="message message--warn">
                "The run keeps no validation images, so only the training accuracy is shown. Set a validation share in the experiment."
            </p>
        </Show>
        <div class="learning-curve__tools">
            <Show
                when=move || is_under_way.get()
                fallback=move || {
                    view! {
                        <button
                            type="button"
                            class="button"
                            prop:disabled=move || !is_loaded.get()
                            on:click=begin
                        >
                            {move || match sizes().len() {
                                1 => "Train 1 size".to_owned(),
                                n => format!("Train {n} sizes"),
                            }}
                        </button>
                    }
                }
            >
                <button type="button" class="button" on:click=cancel>
                    "Cancel"
                </button>
                <progress
                    max="1"
                    value=move || answer.read().as_ref().map_or(0.0, |answer| share_done(answer)).to_string()
                    aria-label="learning curve"
                ></progress>
            </Show>
            <span class="message" data-testid="curve-progress" prop:textContent=progress></span>
            <span class="message" prop:textContent=slow></span>
            <Show when=move || is_asked() && refused.read().is_some()>
                <span class="message message--bad" role="alert" prop:textContent=move || refused.get().unwrap_or_default()></span>
            </Show>
        </div>
        <Show when=move || answer.read().is_some()>
            <p class="learning-curve__finding" role="status" data-testid="curve-finding" prop:textContent=text></p>
            <div class="learning-curve">
                <figure class="learning-curve__figure">
                    <figcaption class="learning-curve__legend">
                        <span class="curve__value--train">"● training accuracy"</span>
                        <span class="curve__value--val">"● validation accuracy"</span>
                    </figcaption>
                    <CurveChart
                        answer
                        label=Signal::derive(move || {
                            format!("Accuracy over the number of training images; the table has the numbers. {}", text())
                        })
                    />
                    <p class="learning-curve__axis muted" aria-hidden="true">"training images (each step to the right multiplies)"</p>
                </figure>
                <CurveTable answer />
            </div>
        </Show>
        <p class="muted learning-curve__more">
            "To train one run on fewer images, or with wrong labels, set “Images” and “Label noise” under Data in the experiment."
        </p>
    }
}
