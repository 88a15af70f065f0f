//! One training step for the present image, walked through with this network's numbers.

use super::context::Newest;
use super::walk::{Station, bias_changes, gradient_of, norm, rule};
use crate::protocol::Answer;
use crate::state::use_app_state;
use crate::views::inside::figure;
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
                    Station::Update => view! { <UpdateLines answer /> }.into_any(),
                }}
            </div>
        </section>
    }
}

/// Logit, probability, and behind the loss target and gradient of each digit.
#[component]
fn OutputTable(class: Memo<usize>, answer: Newest, stage: Station) -> impl IntoView {
    let state = use_app_state();
    let is_backward = stage == Station::Backward;
    let logits = move || match &state.answers.contributions.read().as_ref()?.answer {
        Answer::Contributions(outputs) => Some(outputs.iter().map(|output| output.logit).collect::<Vec<_>>()),
        _ => None,
    };
    let probs = move || state.inspection.read().as_ref().map(|inspection| inspection.probs.clone());
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
    let state = use_app_state();
    let prob =
        move || state.inspection.read().as_ref().and_then(|inspection| inspection.probs.get(class.get()).copied());
    let loss = move || match &answer.read().as_ref()?.answer {
        Answer::Gradients { loss, .. } => Some(*loss),
        _ => None,
    };
    view! {
        <p class="walk__formula" data-value=move || loss().map(|loss| loss.to_string())>
            {move || {
                let prob = prob().map_or_else(|| "–".to_owned(), figure);
                let loss = loss().map_or_else(|| "–".to_owned(), |loss| figure(loss as f32));
                format!("loss = −ln p({}) = −ln {prob} = {loss}", class.get())
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
        let Ok(checked) = state.run.experiment.read().check() else { return Vec::new() };
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
fn UpdateLines(answer: Newest) -> impl IntoView {
    let state = use_app_state();
    let training = move || state.run.experiment.read().training.clone();
    let changes = move || {
        let training = training();
        bias_changes(training.optimizer, training.learning_rate, &dlogits(answer)?)
    };
    view! {
        <p class="walk__formula">
            {move || {
                let training = training();
                rule(training.optimizer, training.learning_rate)
            }}
        </p>
        {move || match changes() {
            Some(changes) => {
                let words: Vec<String> = changes
                    .iter()
                    .enumerate()
                    .map(|(digit, change)| format!("{digit}: {}", figure(*change as f32)))
                    .collect();
                let values: Vec<String> = changes.iter().map(ToString::to_string).collect();
                view! {
                    <p class="message" data-testid="bias-changes" data-value=values.join(" ")>
                        {format!(
                            "A batch of this image alone would change the last layer's biases by −learning rate · (p − t): {}",
                            words.join(", "),
                        )}
                    </p>
                }
                    .into_any()
            }
            None => {
                view! {
                    <p class="message">
                        "g is the gradient of the batch's mean loss. The running means (u, m, v) remember the steps before, \
                         so what this image alone would change cannot be told from it; the change that training has made \
                         so far is under Weights."
                    </p>
                }
                    .into_any()
            }
        }}
    }
}

/// The gradient at the logits: of the network's last layer.
fn dlogits(answer: Newest) -> Option<Vec<f32>> {
    let answer = answer.read();
    let Answer::Gradients { layers, .. } = &answer.as_ref()?.answer else { return None };
    let (_, values) = gradient_of(&answer.as_ref()?.answer, layers.last()?.layer_idx)?;
    Some(values.to_vec())
}
