//! An input that maximizes a unit's activation: gradient ascent from noise.

use crate::components::pictures::{NumberPicture, Picture};
use crate::components::units::UnitChoice;
use crate::components::{Term, glossary, newest};
use crate::plot::number::three_digits;
use crate::protocol::Phase;
use crate::protocol::questions::{ActivationMaximization, ActivationMaximizationAnswer};
use crate::state::use_app_state;
use leptos::prelude::*;
use std::sync::Arc;

/// The way from noise to the picture, a snapshot every few steps.
#[component]
pub fn ActivationMaximizationStrip(
    /// The unit.
    choice: UnitChoice,
) -> impl IntoView {
    let state = use_app_state();
    let question = Memo::new(move |_| {
        let layer_idx = choice.layer.read().as_ref()?.layer_idx;
        Some(ActivationMaximization { layer_idx, channel: choice.channel.get() })
    });
    let ask = move || {
        if let Some(question) = question.get_untracked() {
            state.ask(question);
        }
    };
    // While the network trains, the climb begins with another unit only.
    let asked = StoredValue::new(None::<ActivationMaximization>);
    Effect::new(move |_| {
        let is_new = asked.get_value() != question.get();
        let is_training = state.run.phase() == Phase::Training;
        if is_new || !is_training {
            asked.set_value(question.get());
            ask();
        }
    });
    let answer = newest(move || state.answers.activation_maximization.to(question.get()?));
    let snapshots = move || {
        let answer = answer.read();
        let [height, width] = state.run.image_size();
        answer.as_ref().map_or_else(Vec::new, |answered| snapshots_of(&answered.answer, height * width))
    };
    let text = move || {
        let answer = answer.read();
        let Some(ActivationMaximizationAnswer { progress: (n_done, n_total), snapshots, .. }) =
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
        <section class="activation-maximization" data-testid="ascent">
            <h3 class="evidence__title">
                <Term entry=glossary::GRADIENT_ASCENT>"An image made to excite this unit"</Term>
            </h3>
            <p class="message">
                <span prop:textContent=text></span>
                " "
                <button type="button" class="button button--quiet" on:click=move |_| ask()>
                    "Make it again"
                </button>
            </p>
            <ol class="activation-maximization__list">
                // Each answer brings all snapshots; those that are already shown stay mounted.
                <For each=snapshots key=|(step, excitation, _)| (*step, excitation.to_bits()) let:item>
                    <Snapshot step=item.0 excitation=item.1 pixels=item.2 />
                </For>
            </ol>
        </section>
    }
}

#[component]
fn Snapshot(step: usize, excitation: f32, pixels: Vec<f32>) -> impl IntoView {
    let picture = Picture::of_ink(untrack(|| use_app_state().run.image_size()), pixels).map(Arc::new);
    let label = format!("picture after step {step}, excitation {}", three_digits(excitation));
    view! {
        <li class="activation-maximization__item" data-testid="ascent-snapshot" data-step=step data-value=excitation.to_string()>
            <NumberPicture
                picture=Signal::derive(move || picture.clone())
                class="number-picture activation-maximization__picture"
                label
            />
            <span class="activation-maximization__figures">{step} " · " {three_digits(excitation)}</span>
        </li>
    }
}

/// Step, excitation and pixels of each snapshot.
fn snapshots_of(answer: &ActivationMaximizationAnswer, n_pixels: usize) -> Vec<(usize, f32, Vec<f32>)> {
    let pixels = answer.values.chunks_exact(n_pixels.max(1)).map(<[f32]>::to_vec);
    answer.snapshots.iter().zip(pixels).map(|((step, excitation), pixels)| (*step, *excitation, pixels)).collect()
}
