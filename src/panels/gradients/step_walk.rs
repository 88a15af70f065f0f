//! One training step for the present image, walked through with this network's numbers.

use super::training_step::{StepStage, gradient_of, norm};
use crate::components::{Newest, Pace, keep_asking, newest};
use crate::plot::decimals::Decimals;
use crate::plot::number::three_digits;
use crate::protocol::questions::{ClassLoss, Gradients, TrialStep, TrialWeight};
use crate::state::use_app_state;
use leptos::prelude::*;

/// Next and Back through forward, loss, backward and update.
#[component]
pub fn StepWalk(
    /// The digit taken as the right answer.
    class: Memo<usize>,
    /// The newest gradients for it.
    answer: Newest<Gradients>,
) -> impl IntoView {
    let stage = RwSignal::new(StepStage::default());
    let title = |stage: StepStage| {
        let number = stage as usize + 1;
        format!("{number} of {}: {}", StepStage::ALL.len(), stage.title())
    };
    view! {
        <section class="walk" aria-label="One training step, step by step">
            <div class="walk__text">
            <div class="walk__head">
                <h3 class="walk__title">"One training step, step by step"</h3>
                <div class="walk__buttons">
                    <button
                        type="button"
                        class="button"
                        disabled=move || stage.get() == StepStage::Forward
                        on:click=move |_| stage.update(|stage| *stage = stage.stepped(-1))
                    >
                        "Back"
                    </button>
                    <button
                        type="button"
                        class="button"
                        disabled=move || stage.get() == StepStage::Update
                        on:click=move |_| stage.update(|stage| *stage = stage.stepped(1))
                    >
                        "Next"
                    </button>
                </div>
            </div>
            <div aria-live="polite" data-testid="walk" data-station=move || stage.get().title()>
                <p class="walk__stage" prop:textContent=move || title(stage.get())></p>
                <p class="walk__caption" prop:textContent=move || stage.get().caption()></p>
            </div>
            </div>
            <div class="walk__numbers">
                {move || match stage.get() {
                    StepStage::Forward => view! { <OutputTable class answer stage=StepStage::Forward /> }.into_any(),
                    StepStage::Loss => view! { <LossLine class answer /> }.into_any(),
                    StepStage::Backward => view! { <OutputTable class answer stage=StepStage::Backward /> }.into_any(),
                    StepStage::Update => view! { <UpdateLines class /> }.into_any(),
                }}
            </div>
        </section>
    }
}

/// Logit and probability of each digit, and after the loss its target and gradient.
#[component]
fn OutputTable(class: Memo<usize>, answer: Newest<Gradients>, stage: StepStage) -> impl IntoView {
    let is_backward = stage == StepStage::Backward;
    // All from one answer, so that they belong to the same weights while these change.
    let logits = move || Some(answer.read().as_ref()?.answer.logits.clone());
    let probs = move || probs(answer);
    let dlogits = move || dlogits(answer);
    let number = |values: Option<Vec<f32>>, digit: usize| {
        let value = values.and_then(|values| values.get(digit).copied());
        (value.map(|value| value.to_string()), value.map_or_else(|| "–".to_owned(), three_digits))
    };
    let names = use_app_state().run.class_names();
    let row = move |(digit, name): (usize, &&'static str)| {
        let cell = move |value: (Option<String>, String)| view! { <td data-value=value.0>{value.1}</td> };
        let target = move || if class.get() == digit { "1" } else { "0" };
        view! {
            <tr class:walk__right=move || class.get() == digit>
                <th scope="row">{*name}</th>
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
                <tbody translate="no">{move || names.get().iter().enumerate().map(row).collect_view()}</tbody>
            </table>
            {layer_norms}
        </div>
    }
}

/// `loss = −ln p`
#[component]
fn LossLine(class: Memo<usize>, answer: Newest<Gradients>) -> impl IntoView {
    let prob = move || probs(answer).and_then(|probs| probs.get(class.get()).copied());
    let loss = move || Some(answer.read().as_ref()?.answer.loss);
    view! {
        <p class="walk__formula" translate="no" data-value=move || loss().map(|loss| loss.to_string())>
            {move || {
                // Before the answer, which is about it.
                let class = class.get();
                let prob = prob().map_or_else(|| "–".to_owned(), three_digits);
                let loss = loss().map_or_else(|| "–".to_owned(), |loss| three_digits(loss as f32));
                format!("loss = −ln p({class}) = −ln {prob} = {loss}")
            }}
        </p>
        <p class="message">"A guess among ten digits costs ln 10 ≈ 2.303."</p>
    }
}

/// How long the gradient is at each layer's output, from the end to the beginning.
#[component]
fn LayerNorms(answer: Newest<Gradients>) -> impl IntoView {
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
                    <td data-value=length.to_string()>{three_digits(length as f32)}</td>
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
            <tbody translate="no">{rows}</tbody>
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
        vec![TrialStep { class: class.get() as u8 }.into()]
    });
    let tried = newest(move || state.answers.trial_step.to(TrialStep { class: class.get() as u8 }));
    let outcome =
        move || tried.get().map(|tried| (tried.answer.before, tried.answer.after, tried.answer.biases.clone()));
    view! {
        <p class="walk__formula" translate="no">
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
                            prop:textContent=trial_text(class.get(), before, after)
                        ></p>
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
        let number = |value: f32, text: String| view! { <td data-value=value.to_string()>{text}</td> };
        let change = bias.after - bias.before;
        let (parts, after) = Decimals::new(6).texts(&[bias.before, change]);
        view! {
            <tr class:walk__right=move || class.get() == digit>
                <th scope="row">{digit}</th>
                {number(bias.before, parts[0].clone())}
                {number(bias.gradient, three_digits(bias.gradient))}
                {number(change, parts[1].clone())}
                {number(bias.after, after)}
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
            <tbody translate="no">{biases.iter().enumerate().map(row).collect_view()}</tbody>
        </table>
    }
}

/// `A step on this image alone: loss 0.310 → 0.271, p(7) 0.733 → 0.763.`
fn trial_text(class: usize, before: ClassLoss, after: ClassLoss) -> String {
    format!(
        "A step on this image alone, with what the optimizer remembers of the steps before: loss {} → {}, p({class}) {} → {}.",
        three_digits(before.loss as f32),
        three_digits(after.loss as f32),
        three_digits(before.prob),
        three_digits(after.prob),
    )
}

/// The outputs that the gradients belong to.
fn probs(answer: Newest<Gradients>) -> Option<Vec<f32>> {
    Some(answer.read().as_ref()?.answer.probs.clone())
}

/// The gradient at the logits: of the network's last layer.
fn dlogits(answer: Newest<Gradients>) -> Option<Vec<f32>> {
    let answer = answer.read();
    let answer = &answer.as_ref()?.answer;
    let (_, values) = gradient_of(answer, answer.layers.last()?.layer_idx)?;
    Some(values.to_vec())
}
