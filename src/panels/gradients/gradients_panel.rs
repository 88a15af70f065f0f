//! The panel of gradients: how the loss of one image blames every layer.

use super::gradient_layer::GradientLayer;
use super::step_walk::StepWalk;
use super::training_step::is_walkable;
use crate::components::layers::{LayerPlan, plan_layers};
use crate::components::pictures::{PointedLine, Pointing};
use crate::components::{ClassSwitch, Pace, Term, glossary, keep_asking, newest, presumed_class};
use crate::plot::frame_scheduler::mount_in_batches;
use crate::plot::number::figure;
use crate::protocol::{Answer, Question};
use crate::state::use_app_state;
use leptos::prelude::*;

/// Below this loss the gradients are next to nothing: the right answer got more than 99 %.
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
    let can_walk =
        Memo::new(move |_| is_walkable(state.run.checked.read().experiment().training.loss, outputs(&plans.read())));
    keep_asking(state, Pace::PROMPT, move || {
        state.run.progress.track();
        state.inspection.track();
        if can_walk.get() { vec![Question::Gradients { class: class.get() as u8 }] } else { Vec::new() }
    });
    let answer = newest(move || {
        let is_meant =
            |answer: &Answer| matches!(answer, Answer::Gradients { class: of, .. } if usize::from(*of) == class.get());
        state.answers.gradients.get().filter(|answered| is_meant(&answered.answer))
    });
    let loss = move || match &answer.read().as_ref()?.answer {
        Answer::Gradients { loss, .. } => Some(*loss),
        _ => None,
    };
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
                        <button type="button" class="button button--quiet" on:click=move |_| chosen.set(None)>
                            {move || if label().is_some() { "the label" } else { "what it reads" }}
                        </button>
                    </Show>
                    <p class="gradients__loss">
                        <Term entry=glossary::LOSS>"loss"</Term>
                        " "
                        <strong data-testid="gradient-loss" data-value=move || loss().map(|loss| loss.to_string())>
                            {move || loss().map_or_else(|| "–".to_owned(), |loss| figure(loss as f32))}
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
