//! One training step for the present image, walked through with this network's numbers.

use super::training_step::{Station, gradient_of, norm};
use crate::components::{Newest, Pace, keep_asking, newest};
use crate::plot::number::figure;
use crate::protocol::{Answer, ClassLoss, Question, TrialWeight};
use crate::state::use_app_state;
use leptos::prelude::*;

/// Next and Back through forward, loss, backward and update.
#[component]
pub fn StepWalk(
    /// The digit taken as the right answer.
    class: Memo<usize>,
    /// The newest gradients for it.
    answer: Newest,
) -> impl IntoView {
    let station = RwSignal::new(Station::default());
    let title = |station: Station| {
        let number = station as usize + 1;
        format!("{number} of {}: {}", Station::ALL.len(), station.title())
    };
    view! {
        <section class="walk" aria-label="One training step, walked">
            <div class="walk__words">
            <div class="walk__head">
                <h3 class="walk__title">"One training step, walked"</h3>
                <div class="walk__buttons">
                    <button
                        type="button"
                        class="button"
                        disabled=move || station.get() == Station::Forward
                        on:click=move |_| station.update(|station| *station = station.stepped(-1))
                    >
                        "Back"
                    </button>
                    <button
                        type="button"
                        class="button"
                        disabled=move || station.get() == Station::Update
                        on:click=move |_| station.update(|station| *station = station.stepped(1))
                    >
                        "Next"
                    </button>
                </div>
            </div>
            <div aria-live="polite" data-testid="walk" data-station=move || station.get().title()>
                <p class="walk__station">{move || title(station.get())}</p>
                <p class="walk__caption">{move || station.get().caption()}</p>
            </div>
            </div>
            <div class="walk__numbers">
                {move || match station.get() {
                    Station::Forward => view! { <OutputTable class answer stage=Station::Forward /> }.into_any(),
                    Station::Loss => view! { <LossLine class answer /> }.into_any(),
                    Station::Backward => view! { <OutputTable class answer stage=Station::Backward /> }.into_any(),
                    Station::Update => view! { <UpdateLines class /> }.into_any(),
                }}
            </div>
        </section>
    }
}

/// Logit, probability, and behind the loss target and gradient of each digit.
#[component]
fn OutputTable(class: Memo<usize>, answer: Newest, stage: Station) -> impl IntoView {
    let is_backward = stage == Station::Backward;
    // All from one answer, so that they belong to the same weights while these change.
    let logits = move || match &answer.read().as_ref()?.answer {
        Answer::Gradients { logits, .. } => Some(logits.clone()),
        _ => None,
    };
    let probs = move || probs(answer);
    let dlogits = move || dlogits(answer);
    let number = |values: Option<Vec<f32>>, digit: usize| {
        let value = values.and_then(|values| values.get(digit).copied());
        (value.map(|value| value.to_string()), value.map_or_else(|| "–".to_owned(), figure))
    };
    let row = move |digit: usize| {
        let cell = move |value: (Option<String>, String)| view! { <td data-value=value.0>{value.1}</td> };
        let target = move || if class.get() == digit { "1" } else { "0" };
        view! {
            <tr class:walk__right=move || class.get() == digit>
                <th scope="row">{digit}</th>
                {move || (!is_backward).then(|| cell(number(logits(), digit)))}
                {move || cell(number(probs(), digit))}
                {move || {
                    is_backward.then(|| (view! { <td>{target()}</td> }, cell(number(dlogits(), digit))))
                }}
            </tr>
        }
    };
    let layer_norms = move || is_backward.then(|| view! { <LayerNorms answer /> });
    view! {
        <div class="walk__tables">
            <table class="table walk__table" data-testid="walk-outputs">
                <thead>
                    <tr>
                        <th scope="col">"digit"</th>
                        {(!is_backward).then(|| view! { <th scope="col">"logit"</th> })}
                        <th scope="col">"p"</th>
                        {is_backward
                            .then(|| {
                                view! {
                                    <th scope="col">"t"</th>
                                    <th scope="col">"∂loss/∂logit = p − t"</th>
                                }
                            })}
                    </tr>
                </thead>
                <tbody>{(0..10).map(row).collect_view()}</tbody>
            </table>
            {layer_norms}
        </div>
    }
}

/// `loss = −ln p`
#[component]
fn LossLine(class: Memo<usize>, answer: Newest) -> impl IntoView {
    let prob = move || probs(answer).and_then(|probs| probs.get(class.get()).copied());
    let loss = move || match &answer.read().as_ref()?.answer {
        Answer::Gradients { loss, .. } => Some(*loss),
        _ => None,
    };
    view! {
        <p class="walk__formula" data-value=move || loss().map(|loss| loss.to_string())>
            {move || {
                // Before the answer, which is about it.
                let class = class.get();
                let prob = prob().map_or_else(|| "–".to_owned(), figure);
                let loss = loss().map_or_else(|| "–".to_owned(), |loss| figure(loss as f32));
                format!("loss = −ln p({class}) = −ln {prob} = {loss}")
            }}
        </p>
        <p class="message">"A guess among ten digits costs ln 10 ≈ 2.303."</p>
    }
}

/// How long the gradient is at each layer's output, from the end to the beginning.
#[component]
fn LayerNorms(answer: Newest) -> impl IntoView {
    let state = use_app_state();
    let rows = move || {
        let answer = answer.read();
        let Some(answered) = answer.as_ref() else { return Vec::new() };
        let checked = state.run.checked.read();
        let layers = checked.layers().iter().enumerate().rev();
        let rows = layers.filter_map(|(layer_idx, layer)| {
            let (_, values) = gradient_of(&answered.answer, layer_idx)?;
            let length = norm(values);
            Some(view! {
                <tr>
                    <th scope="row">{layer.name.clone()}</th>
                    <td data-value=length.to_string()>{figure(length as f32)}</td>
                </tr>
            })
        });
        rows.collect()
    };
    view! {
        <table class="table walk__table">
            <thead>
                <tr>
                    <th scope="col">"layer, from the end"</th>
                    <th scope="col">"length of the gradient √Σ∂²"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The optimizer's rule and what it makes of this image.
#[component]
fn UpdateLines(class: Memo<usize>) -> impl IntoView {
    let state = use_app_state();
    keep_asking(state, Pace::SLOW, move || {
        state.run.progress.track();
        state.inspection.track();
        vec![Question::TrialStep { class: class.get() as u8 }]
    });
    let tried = newest(move || {
        let is_meant =
            |answer: &Answer| matches!(answer, Answer::TrialStep { class: of, .. } if usize::from(*of) == class.get());
        state.answers.trial_step.get().filter(|answered| is_meant(&answered.answer))
    });
    let outcome = move || match &tried.read().as_ref()?.answer {
        Answer::TrialStep { before, after, biases, .. } => Some((*before, *after, biases.clone())),
        _ => None,
    };
    view! {
        <p class="walk__formula">
            {move || {
                let checked = state.run.checked.read();
                let training = &checked.experiment().training;
                training.optimizer.formula(training.learning_rate)
            }}
        </p>
        {move || {
            outcome()
                .map(|(before, after, biases)| {
                    view! {
                        <p
                            class="message"
                            data-testid="tried-step"
                            data-before=before.loss.to_string()
                            data-after=after.loss.to_string()
                        >
                            {trial_text(class.get(), before, after)}
                        </p>
                        {(!biases.is_empty()).then(|| view! { <BiasTable biases class /> })}
                    }
                })
        }}
    }
}

/// What became of the biases of the last layer, whose gradients are those of the logits.
#[component]
fn BiasTable(biases: Vec<TrialWeight>, class: Memo<usize>) -> impl IntoView {
    let row = |(digit, bias): (usize, &TrialWeight)| {
        let number = |value: f32| view! { <td data-value=value.to_string()>{figure(value)}</td> };
        view! {
            <tr class:walk__right=move || class.get() == digit>
                <th scope="row">{digit}</th>
                {number(bias.before)}
                {number(bias.gradient)}
                {number(bias.after - bias.before)}
                {number(bias.after)}
            </tr>
        }
    };
    view! {
        <table class="table walk__table" data-testid="tried-biases">
            <thead>
                <tr>
                    <th scope="col">"digit"</th>
                    <th scope="col">"bias"</th>
                    <th scope="col">"g"</th>
                    <th scope="col">"change"</th>
                    <th scope="col">"bias after"</th>
                </tr>
            </thead>
            <tbody>{biases.iter().enumerate().map(row).collect_view()}</tbody>
        </table>
    }
}

/// `A step on this image alone: loss 0.310 → 0.271, p(7) 0.733 → 0.763.`
fn trial_text(class: usize, before: ClassLoss, after: ClassLoss) -> String {
    format!(
        "A step on this image alone, with what the optimizer remembers of the steps before: loss {} → {}, p({class}) {} → {}.",
        figure(before.loss as f32),
        figure(after.loss as f32),
        figure(before.prob),
        figure(after.prob),
    )
}

/// The outputs that the gradients belong to.
fn probs(answer: Newest) -> Option<Vec<f32>> {
    match &answer.read().as_ref()?.answer {
        Answer::Gradients { probs, .. } => Some(probs.clone()),
        _ => None,
    }
}

/// The gradient at the logits: of the network's last layer.
fn dlogits(answer: Newest) -> Option<Vec<f32>> {
    let answer = answer.read();
    let Answer::Gradients { layers, .. } = &answer.as_ref()?.answer else { return None };
    let (_, values) = gradient_of(&answer.as_ref()?.answer, layers.last()?.layer_idx)?;
    Some(values.to_vec())
}
