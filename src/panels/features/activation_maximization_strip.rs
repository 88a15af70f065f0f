//! An input that a unit asks for: gradient ascent, from noise on.

use crate::components::pictures::{NumberPicture, Picture};
use crate::components::units::UnitChoice;
use crate::components::{Term, glossary, newest};
use crate::drawing::SIDE;
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::number::figure;
use crate::protocol::{Answer, Phase, Question};
use crate::state::use_app_state;
use leptos::prelude::*;
use std::sync::Arc;

const N_PIXELS: usize = SIDE * SIDE;

/// The way from noise to the picture, a snapshot every few steps.
#[component]
pub fn ActivationMaximizationStrip(
    /// The unit.
    choice: UnitChoice,
) -> impl IntoView {
    let state = use_app_state();
    let question = Memo::new(move |_| {
        let layer_idx = choice.layer.read().as_ref()?.layer_idx;
        Some(Question::ActivationMaximization { layer_idx, channel: choice.channel.get() })
    });
    let ask = move || {
        if let Some(question) = question.get_untracked() {
            state.ask(question);
        }
    };
    // While the network trains, the climb begins with another unit only.
    let asked = StoredValue::new(None::<Question>);
    Effect::new(move |_| {
        let is_new = asked.get_value() != question.get();
        let is_training = state.run.phase() == Phase::Training;
        if is_new || !is_training {
            asked.set_value(question.get());
            ask();
        }
    });
    let answer = newest(move || {
        let wanted = question.get();
        state.answers.ascent.get().filter(|answered| is_answer_to(&answered.answer, wanted))
    });
    let snapshots = move || {
        let answer = answer.read();
        answer.as_ref().map_or_else(Vec::new, |answered| snapshots_of(&answered.answer))
    };
    let words = move || {
        let answer = answer.read();
        let Some(Answer::ActivationMaximization { progress: (n_done, n_total), snapshots, .. }) =
            answer.as_ref().map(|answered| &answered.answer)
        else {
            return "The climb begins …".to_owned();
        };
        if n_done == n_total {
            format!(
                "after {n_total} steps uphill from noise; below each picture its step and how much it excites the unit"
            )
        } else if snapshots.len() == 1 {
            "No pixel tells this unit anything: the gradient is zero, so there is no way uphill.".to_owned()
        } else {
            format!("step {n_done} of {n_total}")
        }
    };
    view! {
        <section class="ascent" data-testid="ascent">
            <h3 class="evidence__title">
                <Term entry=glossary::GRADIENT_ASCENT>"a picture that it asks for"</Term>
            </h3>
            <p class="message">
                {words} " "
                <button type="button" class="button button--quiet" on:click=move |_| ask()>
                    "Climb again"
                </button>
            </p>
            <ol class="ascent__list">
                // Each news of the climb brings all of them; those that stay are not made anew.
                <For each=snapshots key=|(step, excitation, _)| (*step, excitation.to_bits()) let:item>
                    <Snapshot step=item.0 excitation=item.1 pixels=item.2 />
                </For>
            </ol>
        </section>
    }
}

#[component]
fn Snapshot(step: usize, excitation: f32, pixels: Vec<f32>) -> impl IntoView {
    let picture = Arc::new(Picture {
        height: SIDE,
        width: SIDE,
        values: pixels,
        domain: Domain { low: 0.0, high: 1.0 },
        colours: ColourMap::Grey,
    });
    let label = format!("picture after step {step}, excitation {}", figure(excitation));
    view! {
        <li class="ascent__item" data-testid="ascent-snapshot" data-step=step data-value=excitation.to_string()>
            <NumberPicture
                picture=Signal::derive(move || Some(picture.clone()))
                class="number-picture ascent__picture"
                label
            />
            <span class="ascent__figures">{step} " · " {figure(excitation)}</span>
        </li>
    }
}

fn is_answer_to(answer: &Answer, wanted: Option<Question>) -> bool {
    let Answer::ActivationMaximization { layer_idx, channel, .. } = answer else { return false };
    wanted == Some(Question::ActivationMaximization { layer_idx: *layer_idx, channel: *channel })
}

/// Step, excitation and pixels of each snapshot.
fn snapshots_of(answer: &Answer) -> Vec<(usize, f32, Vec<f32>)> {
    let Answer::ActivationMaximization { snapshots, values, .. } = answer else { return Vec::new() };
    let pixels = values.chunks_exact(N_PIXELS).map(<[f32]>::to_vec);
    snapshots.iter().zip(pixels).map(|((step, excitation), pixels)| (*step, *excitation, pixels)).collect()
}
