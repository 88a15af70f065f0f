//! The tab about a layer's space: the choice of layer and units, the way from before to after, and what to look for.

use super::choice::Choice;
use super::easing::{WAY_MS, eased};
use super::projection::SpaceFrame;
use super::separation::sentence;
use super::space_picture::SpacePicture;
use crate::browser::{now_ms, prefers_reduced_motion};
use crate::components::plane::unit_title;
use crate::components::{Pace, keep_asking};
use crate::state::{is_open, use_app_state};
use leptos::prelude::*;

/// About 15 times a second.
const PACE: Pace = Pace { resting_ms: 66.0, training_ms: 66.0 };
/// Stops of the slider between before and after.
const N_STOPS: f64 = 100.0;

/// The tab.
#[component]
pub fn PlaneSpacePanel() -> impl IntoView {
    let state = use_app_state();
    let (layer, units) = (RwSignal::new(None::<usize>), RwSignal::new([0, 1]));
    let choice = Memo::new(move |_| Choice::of(&state.run.checked.read(), layer.get(), units.get()));
    let share = RwSignal::new(1.0);
    let is_open = is_open(state.place);
    keep_asking(state, PACE, move || {
        // Each of these may come with another network.
        state.run.id.track();
        state.run.progress.track();
        state.run.checked.track();
        state.run.weight_edits.track();
        let is_there = is_open() && state.machine.read().is_some();
        choice.get().filter(|_| is_there).map(|choice| choice.question.into()).into_iter().collect()
    });
    let space = Signal::derive(move || {
        let (answered, choice) = (state.answers.plane_space.newest()?, choice.get()?);
        if answered.question != choice.question {
            return None;
        }
        let frame = SpaceFrame::of(&answered.answer, choice.activation, choice.is_single());
        Some((answered, frame))
    });
    let names = Memo::new(move |_| match choice.get() {
        Some(choice) => {
            choice.question.units.map(|unit| unit_title(&state.run.checked.read(), Some(choice.dense_idx), unit))
        }
        None => [String::new(), String::new()],
    });
    let separated = move || {
        let is_regression = state.run.data().is_regression;
        let choice = choice.get()?;
        let (answered, _) = space.get()?;
        if answered.answer.next.is_none() && choice.dense_idx + 1 == choice.n_dense {
            return Some("These are the outputs: the class with the largest one is the answer.".to_owned());
        }
        Some(sentence(&answered.answer, is_regression))
    };
    let hint = move || {
        let Some(choice) = choice.get() else { return String::new() };
        let layer = Choice::layer_name(choice.dense_idx, choice.n_dense);
        let seen = if choice.is_single() {
            format!("{layer} has one unit: the horizontal axis is what it gives, the vertical one stays x₂.")
        } else {
            format!("Both axes are what two units of {layer} give.")
        };
        let sought = if choice.dense_idx + 1 == choice.n_dense {
            "Look for points of one class that come to lie together."
        } else {
            "Look for the moment when a straight line can part the classes: all that the next layer can draw here is a \
             straight line."
        };
        let mut letters = seen.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        format!("{}{} {sought}", first.map(String::from).unwrap_or_default(), letters.as_str())
    };
    view! {
        <section class="plane-space" aria-label="Space" data-testid="plane-space">
            <p class="plane-closer__lead" prop:textContent=hint></p>
            <div class="plane-closer__columns">
                <div>
                    <SpacePicture space choice share names />
                    <Way share />
                </div>
                <div class="plane-space__side">
                    <Selects choice layer units />
                    <p class="plane-space__counts" translate="no" data-testid="plane-space-counts" prop:textContent=separated></p>
                </div>
            </div>
        </section>
    }
}

/// The way between before and after: a slider, and a button that goes it.
#[component]
fn Way(share: RwSignal<f64>) -> impl IntoView {
    let started_ms = RwSignal::new(None::<f64>);
    let play = move |_| {
        if started_ms.get_untracked().is_some() {
            return started_ms.set(None);
        }
        if prefers_reduced_motion() {
            return share.update(|share| *share = if *share < 0.5 { 1.0 } else { 0.0 });
        }
        started_ms.set(Some(now_ms()));
        share.set(0.0);
        next_frame(share, started_ms);
    };
    view! {
        <div class="plane-space__way">
            <button
                type="button"
                class="button"
                prop:textContent=move || if started_ms.get().is_some() { "Stop" } else { "Play" }
                aria-label=move || if started_ms.get().is_some() { "Stop the way" } else { "Play: from before the layer to after it" }
                on:click=play
            ></button>
            <span aria-hidden="true">"before"</span>
            <input
                type="range"
                class="slider"
                min="0"
                max=N_STOPS.to_string()
                step="1"
                aria-label="From before the layer to after it"
                aria-valuetext=move || match share.get() {
                    0.0 => "before: the plane".to_owned(),
                    1.0 => "after: the layer's space".to_owned(),
                    share => format!("{:.0} % of the way", share * 100.0),
                }
                style=("--share", move || format!("{:.1}%", share.get() * 100.0))
                prop:value=move || (share.get() * N_STOPS).round().to_string()
                on:input=move |event| {
                    started_ms.set(None);
                    if let Ok(stop) = event_target_value(&event).parse::<f64>() {
                        share.set((stop / N_STOPS).clamp(0.0, 1.0));
                    }
                }
            />
            <span aria-hidden="true">"after"</span>
        </div>
    }
}

/// Goes on with the next frame, until the end or until the way is stopped or gone.
fn next_frame(share: RwSignal<f64>, started_ms: RwSignal<Option<f64>>) {
    request_animation_frame(move || {
        let Some(Some(start_ms)) = started_ms.try_get_untracked() else { return };
        let elapsed_ms = now_ms() - start_ms;
        let _ = share.try_set(eased(elapsed_ms));
        if elapsed_ms < WAY_MS {
            next_frame(share, started_ms);
        } else {
            let _ = started_ms.try_set(None);
        }
    });
}

/// The layer, and the two units that are the axes.
#[component]
fn Selects(choice: Memo<Option<Choice>>, layer: RwSignal<Option<usize>>, units: RwSignal<[usize; 2]>) -> impl IntoView {
    let n_dense = Memo::new(move |_| choice.get().map_or(0, |choice| choice.n_dense));
    let n_units = Memo::new(move |_| choice.get().map_or(0, |choice| choice.n_units));
    let layer_options = move || {
        let n_dense = n_dense.get();
        let option = |dense_idx: usize| {
            let is_chosen = move || choice.get().is_some_and(|choice| choice.dense_idx == dense_idx);
            view! {
                <option value=dense_idx.to_string() prop:selected=is_chosen>
                    {Choice::layer_name(dense_idx, n_dense)}
                </option>
            }
        };
        (0..n_dense).map(option).collect_view()
    };
    let unit_select = move |axis: usize, label: &'static str| {
        let options = move || {
            let option = |unit: usize| {
                let is_chosen = move || choice.get().is_some_and(|choice| choice.question.units[axis] == unit);
                view! { <option value=unit.to_string() prop:selected=is_chosen>{format!("unit {unit}")}</option> }
            };
            (0..n_units.get()).map(option).collect_view()
        };
        let choose = move |event| {
            if let (Ok(unit), Some(choice)) = (event_target_value(&event).parse::<usize>(), choice.get_untracked()) {
                let mut chosen = choice.question.units;
                // Two axes are two units.
                if chosen[1 - axis] == unit {
                    chosen[1 - axis] = chosen[axis];
                }
                chosen[axis] = unit;
                units.set(chosen);
            }
        };
        view! {
            <label class="plane-space__field">
                {label}
                <select class="select" on:change=choose>{options}</select>
            </label>
        }
    };
    view! {
        <div class="plane-space__fields">
            <label class="plane-space__field">
                "Layer"
                <select
                    class="select"
                    on:change=move |event| {
                        units.set([0, 1]);
                        layer.set(event_target_value(&event).parse().ok());
                    }
                >
                    {layer_options}
                </select>
            </label>
            <Show when=move || { n_units.get() > 1 }>
                {unit_select(0, "Across")} {unit_select(1, "Up")}
            </Show>
        </div>
    }
}
