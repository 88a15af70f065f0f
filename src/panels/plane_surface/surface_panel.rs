//! The panel: what is computed, and what one sees.

use super::surface::is_inside;
use super::surface_picture::SurfacePicture;
use crate::components::plane::use_plane_screen;
use crate::components::{fresh_id, network_age, newest};
use crate::plot::number::thousands;
use crate::protocol::questions::PlaneSurface;
use crate::state::use_app_state;
use leptos::prelude::*;

/// How far the picture reaches along both directions, in percent of their length.
const REACHES: [u16; 4] = [25, 50, 100, 200];

/// The loss around the present weights.
#[component]
pub fn PlaneSurfacePanel() -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    let question =
        RwSignal::new(PlaneSurface { n_cells: 25, reach_percent: 100, seed: 1, is_test: false, is_along_path: false });
    let has_no_test = Signal::derive(move || screen.points.read().test.is_empty());
    Effect::new(move |_| {
        if has_no_test.get() && question.read().is_test {
            question.update(|question| question.is_test = false);
        }
    });
    let is_stopped = RwSignal::new(false);
    let is_asked = RwSignal::new(false);
    let ask = move || {
        is_stopped.set(false);
        is_asked.set(true);
        state.ask(question.get_untracked());
    };
    Effect::new(move |_| {
        question.track();
        state.run.id.track();
        if state.machine.read().is_some() {
            untrack(ask);
        }
    });
    let withdraw = move || state.withdraw(question.get_untracked());
    on_cleanup(move || {
        if question.try_get_untracked().is_some() {
            withdraw();
        }
    });
    let answered = newest(move || state.answers.plane_surface.to(question.get()));
    let progress = move || answered.with(|answered| answered.as_ref().map(|answered| answered.answer.progress));
    let is_done = move || progress().is_some_and(|(n_done, n)| n_done == n);
    Effect::new(move |_| {
        if is_done() {
            is_asked.set(false);
        }
    });
    let is_computing =
        Memo::new(move |_| !is_stopped.get() && (is_asked.get() || progress().is_some_and(|(n_done, n)| n_done < n)));
    let stop = move || {
        is_stopped.set(true);
        is_asked.set(false);
        withdraw();
    };
    let has_no_path = move || question.read().is_along_path && progress().is_some_and(|(_, n)| n == 0);
    let radio = |legend: &'static str,
                 options: [(&'static str, bool); 2],
                 is_second: fn(&mut PlaneSurface) -> &mut bool,
                 is_off: Signal<bool>| {
        let name = StoredValue::new(fresh_id("surface"));
        let option = move |(text, value): (&'static str, bool)| {
            view! {
                <label class="class-switch__option">
                    <input
                        type="radio"
                        name=name.get_value()
                        disabled=move || value && is_off.get()
                        prop:checked=move || *is_second(&mut question.get()) == value
                        on:change=move |_| question.update(|question| *is_second(question) = value)
                    />
                    <span>{text}</span>
                </label>
            }
        };
        view! {
            <fieldset class="class-switch">
                <legend class="class-switch__legend">{legend}</legend>
                <div class="class-switch__options">{options.map(option).collect_view()}</div>
            </fieldset>
        }
    };
    let status = move || {
        let steps_per_epoch = state.run.progress.read().steps_per_epoch;
        let answered = answered.read();
        let Some(shown) = answered.as_ref() else { return String::new() };
        let (n_done, n) = shown.answer.progress;
        if n == 0 {
            return String::new();
        }
        let age = network_age(shown.n_steps, steps_per_epoch);
        match (n_done < n, is_stopped.get()) {
            (true, true) => format!("Stopped: {n_done} of {n} places of the network {age}."),
            (true, false) => format!("Computing: {n_done} of {n} places."),
            (false, _) => {
                let points = if shown.question.is_test { "test" } else { "training" };
                let mut text = format!("The network {age}, on {} {points} points.", thousands(shown.answer.n_points));
                if shown.answer.path().next().is_some_and(|place| !is_inside(&shown.question, place)) {
                    text.push_str(" The path begins outside of the picture.");
                }
                text
            }
        }
    };
    let n_weights = move || answered.with(|answered| answered.as_ref().map_or(0, |shown| shown.answer.n_weights));
    let sentence = move || {
        let directions = if question.read().is_along_path {
            "a and b lead along the two directions in which the path of training moved most, and 1 is a tenth farther than the path \
             went; biases move too."
        } else {
            "a and b lead along two random directions, which at 1 move the weights of each unit by their own length; biases \
             stay."
        };
        format!(
            "Each place is a network. The present one lies in the middle; {directions} The picture is one flat cut through {} \
             dimensions. It cannot show what lies beside it: what looks like the bottom of a valley may still fall in a \
             direction that is not shown, and the path is seen only as its shadow on this plane.",
            thousands(n_weights())
        )
    };
    view! {
        <section class="plane-surface" aria-label="Loss surface">
            <div class="plane-surface__tools">
                {radio(
                    "Directions",
                    [("random directions", false), ("along the path", true)],
                    |question| &mut question.is_along_path,
                    Signal::stored(false),
                )}
                {radio(
                    "Loss on",
                    [("training points", false), ("test points", true)],
                    |question| &mut question.is_test,
                    has_no_test,
                )}
                <label class="plane-surface__reach">
                    "Reach "
                    <select
                        class="select"
                        prop:value=move || question.read().reach_percent.to_string()
                        on:change=move |event| {
                            let reach = event_target_value(&event).parse().unwrap_or(100);
                            question.update(|question| question.reach_percent = reach);
                        }
                    >
                        {REACHES
                            .map(|reach| {
                                let is_chosen = reach == question.read_untracked().reach_percent;
                                view! { <option value=reach.to_string() selected=is_chosen>{format!("{reach} %")}</option> }
                            })
                            .collect_view()}
                    </select>
                </label>
                <button
                    type="button"
                    class="button"
                    disabled=move || question.read().is_along_path
                    on:click=move |_| question.update(|question| question.seed = question.seed.wrapping_add(1))
                >
                    "New directions"
                </button>
                <button type="button" class="button" disabled=move || is_computing.get() on:click=move |_| ask()>
                    "Compute again"
                </button>
                <button type="button" class="button" disabled=move || !is_computing.get() on:click=move |_| stop()>
                    "Cancel"
                </button>
            </div>
            <p class="plane-surface__status" role="status" translate="no" data-testid="surface-status" prop:textContent=status></p>
            <Show
                when=move || !has_no_path()
                fallback=|| {
                    view! {
                        <p class="message">
                            "There is no path to look along yet: train a few epochs, then choose Compute again. Paths are kept of \
                             networks with at most 2,000 weights."
                        </p>
                    }
                }
            >
                <div class="plane-surface__shown">
                    <div>
                        <SurfacePicture answered />
                    </div>
                    <p class="plane-surface__sentence" prop:textContent=sentence></p>
                </div>
            </Show>
        </section>
    }
}
