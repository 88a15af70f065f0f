//! The panel of gradients: the gradient of the loss of one image at every layer.

use super::gradient_layer::GradientLayer;
use super::step_walk::StepWalk;
use super::training_step::is_walkable;
use crate::components::layers::{LayerPlan, plan_layers};
use crate::components::pictures::{PointedLine, Pointing};
use crate::components::{ClassSwitch, Pace, Term, glossary, keep_asking, newest, presumed_class};
use crate::plot::frame_scheduler::mount_in_batches;
use crate::plot::number::three_digits;
use crate::protocol::questions::Gradients;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Below this loss the gradients are close to zero: the right answer got more than 99 %.
const SURE: f64 = 0.01;

/// How many numbers a network gives.
fn outputs(plans: &[LayerPlan]) -> usize {
    plans.last().map_or(0, |plan| plan.shape.size())
}

/// The backward pass for the present image and a digit as the right answer, and one training step walked through.
#[component]
pub fn GradientsPanel() -> impl IntoView {
    let state = use_app_state();
    Pointing::provide();
    let plans = Memo::new(move |_| plan_layers(state.run.checked.read().layers()));
    let n_made = mount_in_batches(move || plans.read().len(), 1);
    let made = move || plans.read().iter().take(n_made.get()).cloned().collect::<Vec<_>>();
    let presumed = Memo::new(move |_| presumed_class(state.inspection.read().as_deref()));
    let chosen = RwSignal::new(None::<usize>);
    let class = Memo::new(move |_| chosen.get().unwrap_or_else(|| presumed.get()));
    let can_walk = Memo::new(move |_| {
        let checked = state.run.checked.read();
        is_walkable(checked.experiment().training.loss, outputs(&plans.read()), checked.data().n_classes())
    });
    keep_asking(state, Pace::PROMPT, move || {
        state.run.progress.track();
        state.inspection.track();
        if can_walk.get() { vec![Gradients { class: class.get() as u8 }.into()] } else { Vec::new() }
    });
    let answer = newest(move || state.answers.gradients.to(Gradients { class: class.get() as u8 }));
    let loss = move || Some(answer.read().as_ref()?.answer.loss);
    let label = move || state.inspection.read().as_ref().and_then(|inspection| inspection.label);
    view! {
        <div class="gradients">
            <Show
                when=move || can_walk.get()
                fallback=|| {
                    view! {
                        <p class="message">
                            "This view speaks of ten digits, softmax and cross-entropy; the present network ends otherwise."
                        </p>
                    }
                }
            >
                <div class="gradients__tools">
                    <ClassSwitch
                        legend="If the right answer were"
                        class
                        on_choose=Callback::new(move |digit| chosen.set(Some(digit)))
                    />
                    <Show when=move || chosen.get().is_some()>
                        <button
                            type="button"
                            class="button button--quiet"
                            prop:textContent=move || if label().is_some() { "the label" } else { "what it reads" }
                            on:click=move |_| chosen.set(None)
                        ></button>
                    </Show>
                    <p class="gradients__loss">
                        <Term entry=glossary::LOSS>"loss"</Term>
                        " "
                        <strong translate="no" data-testid="gradient-loss" data-value=move || loss().map(|loss| loss.to_string())>
                            {move || loss().map_or_else(|| "–".to_owned(), |loss| three_digits(loss as f32))}
                        </strong>
                    </p>
                    <Show when=move || loss().is_some_and(|loss| loss < SURE)>
                        <p class="message message--warn">
                            "It is sure of this answer, so there is next to nothing to learn: choose another digit."
                        </p>
                    </Show>
                    <p class="message">
                        <Term entry=glossary::GRADIENT>"gradient"</Term>
                        " at each layer's output: above 0, the loss would rise with this number; below 0, it would fall. ‖∂‖ is \
                         the length of all of them together, √Σ∂²."
                    </p>
                </div>
                <StepWalk class answer />
                <div class="gradients__strip">
                    <For each=made key=Clone::clone let:plan>
                        <GradientLayer plan answer />
                    </For>
                </div>
                <PointedLine />
            </Show>
        </div>
    }
}
