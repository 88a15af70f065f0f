//! The panel: the choice of the point, and its way through the stages.

use super::stage_view::StageView;
use super::stages::{Stage, Step, stages};
use super::written::number;
use crate::browser::prefers_reduced_motion;
use crate::components::plane::use_plane_screen;
use crate::components::{Pace, keep_asking, newest};
use crate::plot::number::thousands;
use crate::protocol::Phase;
use crate::protocol::questions::PlaneStep;
use crate::state::use_app_state;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// How long a stage is on the screen while it plays.
const STAGE_TIME: Duration = Duration::from_millis(1_250);

/// One training step by one point, in slow motion.
#[component]
pub fn PlaneStepPanel() -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    let n_points = Memo::new(move |_| screen.points.read().train.len());
    let chosen = RwSignal::new(0_usize);
    let point = Memo::new(move |_| chosen.get().min(n_points.get().saturating_sub(1)));
    let stage_idx = RwSignal::new(0_usize);
    let is_playing = RwSignal::new(false);
    // While the network trains the numbers stay those of the moment, or nobody could follow them.
    let is_training = Memo::new(move |_| state.run.phase() == Phase::Training);
    let renewal = RwSignal::new(0_u32);
    keep_asking(state, Pace::PROMPT, move || {
        state.run.id.track();
        state.run.checked.track();
        state.run.weight_edits.track();
        renewal.track();
        if !is_training.get() {
            state.run.progress.track();
        }
        if state.machine.read().is_none() || n_points.get() == 0 {
            Vec::new()
        } else {
            vec![PlaneStep { point: point.get() }.into()]
        }
    });
    let answered = newest(move || state.answers.plane_step.to(PlaneStep { point: point.get() }));
    let all = Memo::new(move |_| {
        let point = screen.points.read().train.get(point.get()).copied();
        let (Some(answered), Some(point)) = (answered.get(), point) else { return Vec::new() };
        let checked = state.run.checked.read();
        // An answer of the network before this one.
        let is_of_network = answered.answer.layers.iter().all(|layer| {
            checked.layers().get(layer.layer_idx).is_some_and(|checked| checked.output_shape.size() == layer.sums.len())
        });
        if !is_of_network {
            return Vec::new();
        }
        stages(&Step { checked: &checked, point, answer: &answered.answer })
    });
    let last = move || all.read().len().saturating_sub(1);
    let here = Memo::new(move |_| stage_idx.get().min(last()));
    let stage = Memo::new(move |_| all.read().get(here.get()).cloned().unwrap_or_default());
    let go = move |by: isize| {
        is_playing.set(false);
        stage_idx.set(untrack(|| here.get().saturating_add_signed(by).min(last())));
    };
    let choose = move |by: isize| {
        let n = n_points.get_untracked();
        if n > 0 {
            chosen.set(((point.get_untracked() + n).saturating_add_signed(by)) % n);
        }
    };
    let play = move || {
        if untrack(|| here.get() == last()) {
            stage_idx.set(0);
        }
        is_playing.update(|is_playing| *is_playing = !*is_playing);
    };
    Effect::new(move |_| {
        if !is_playing.get() {
            return;
        }
        let tick = move || {
            let (next, last) = untrack(|| (here.get() + 1, last()));
            stage_idx.set(next.min(last));
            if next >= last {
                is_playing.set(false);
            }
        };
        if let Ok(interval) = set_interval_with_handle(tick, STAGE_TIME) {
            on_cleanup(move || interval.clear());
        }
    });
    let press = move |event: KeyboardEvent| {
        // A wide table is moved by the same keys, the browser's history with Alt.
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_in_table = target.and_then(|target| target.closest(".point-step__scroll").ok().flatten()).is_some();
        if is_in_table || event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowLeft" => go(-1),
            "ArrowRight" => go(1),
            _ => return,
        }
        event.prevent_default();
    };
    let point_text = move || {
        let points = screen.points.read();
        let Some(shown) = points.train.get(point.get()) else { return "There are no training points.".to_owned() };
        let data = state.run.data();
        let target = if data.is_regression {
            format!("target {}", number(shown.target as f32))
        } else {
            let class = format!("{}", shown.target).replace('-', "−");
            format!("class {}{class}", if data.n_outputs == 1 && shown.target > 0.0 { "+" } else { "" })
        };
        let count = format!("{} of {}", thousands(point.get() + 1), thousands(n_points.get()));
        format!("Point {count}: x₁ = {}, x₂ = {}, {target}", number(shown.x1 as f32), number(shown.x2 as f32))
    };
    let title = move || {
        let n = all.read().len();
        if n == 0 {
            "The numbers are on their way.".to_owned()
        } else {
            format!("{} of {n}: {}", here.get() + 1, stage.read().title)
        }
    };
    let plays = !prefers_reduced_motion();
    let button = move |name: &'static str, is_off: Signal<bool>, act: Callback<()>| {
        view! {
            <button type="button" class="button" disabled=move || is_off.get() on:click=move |_| act.run(())>
                {name}
            </button>
        }
    };
    let no_points = Signal::derive(move || n_points.get() == 0);
    view! {
        <section class="point-step" aria-label="One training step in slow motion">
            <div class="point-step__choice">
                {button("Previous point", no_points, Callback::new(move |()| choose(-1)))}
                {button("Next point", no_points, Callback::new(move |()| choose(1)))}
                <p class="point-step__point" data-testid="step-point" translate="no" prop:textContent=point_text></p>
            </div>
            <p class="muted">
                "One training step by this point alone. It is tried on a copy of the network: the run is not changed. Numbers are \
                 rounded; sums add up as written."
            </p>
            <Show when=move || is_training.get()>
                <p class="message">
                    "Training goes on; these are the numbers of a moment ago. "
                    <button type="button" class="button" on:click=move |_| renewal.update(|n| *n = n.wrapping_add(1))>
                        "Take the present weights"
                    </button>
                </p>
            </Show>
            <div class="point-step__stage" role="group" aria-label="Stages, also by the arrow keys" tabindex="0" on:keydown=press>
                <div class="point-step__buttons">
                    {button("Back", Signal::derive(move || here.get() == 0), Callback::new(move |()| go(-1)))}
                    {button("Next", Signal::derive(move || here.get() == last()), Callback::new(move |()| go(1)))}
                    {plays
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="button"
                                    prop:textContent=move || if is_playing.get() { "Hold" } else { "Play" }
                                    on:click=move |_| play()
                                ></button>
                            }
                        })}
                </div>
                <div aria-live="polite" data-testid="plane-step" data-stage=move || here.get()>
                    <h3 class="point-step__title" prop:textContent=title></h3>
                    <p class="point-step__caption" prop:textContent=move || stage.read().caption.clone()></p>
                </div>
                {move || {
                    let stage: Stage = stage.get();
                    view! { <StageView stage /> }
                }}
            </div>
        </section>
    }
}
