//! Slow motion: the kernel or the window slides over the image and fills the map cell by cell.

use super::cell_order::{last_in_map, next_in_map};
use super::context::InspectorContext;
use super::slow_motion_state::{SPEEDS, SlowMotionState};
use crate::browser::prefers_reduced_motion;
use inkling_engine::experiment::Shape;
use inkling_engine::explain::CellIndex;
use leptos::{html, prelude::*};
use std::time::Duration;

/// The buttons of slow motion for a layer of maps.
#[component]
pub fn SlowMotion(
    /// Shape of the layer's output.
    shape: Shape,
) -> impl IntoView {
    let context = expect_context::<InspectorContext>();
    let SlowMotionState { is_on, is_playing, cells_per_second } = context.slow_motion;
    let cell = move || context.state.pinned.get_untracked().map(|(_, cell)| cell);
    let first = move || cell().map(|cell| CellIndex { row: 0, column: 0, ..cell });
    let go = move |target: Option<CellIndex>| {
        if let Some(target) = target {
            context.move_to(target);
        }
    };
    // The button that was pressed gives way to others: the focus goes on to the first of them.
    let (begin_button, play_button) = (NodeRef::<html::Button>::new(), NodeRef::<html::Button>::new());
    let begin = move || {
        is_on.set(true);
        focus_soon(play_button);
        go(first());
        is_playing.set(!prefers_reduced_motion());
    };
    let leave = move || {
        context.slow_motion.leave();
        focus_soon(begin_button);
    };
    let play = move || {
        // At the end it starts over.
        if cell().is_some_and(|cell| next_in_map(cell, shape).is_none()) {
            go(first());
        }
        is_playing.update(|is_playing| *is_playing = !*is_playing);
    };
    let step = move |lead: fn(CellIndex, Shape) -> Option<CellIndex>| {
        is_playing.set(false);
        go(cell().and_then(|cell| lead(cell, shape)));
    };
    Effect::new(move |_| {
        if !is_playing.get() {
            return;
        }
        let tick = move || {
            let pinned = context.state.pinned.get_untracked();
            // A step is taken when the one before it is on the screen.
            let is_shown = untrack(|| context.with(|layer_idx, cell, _| Some((layer_idx, cell)) == pinned));
            match pinned.map(|(_, cell)| next_in_map(cell, shape)) {
                _ if is_shown != Some(true) => {}
                Some(Some(next)) => context.move_to(next),
                Some(None) | None => is_playing.set(false),
            }
        };
        let pause = Duration::from_millis(1_000 / u64::from(cells_per_second.get()));
        if let Ok(interval) = set_interval_with_handle(tick, pause) {
            on_cleanup(move || interval.clear());
        }
    });
    on_cleanup(move || context.slow_motion.leave());
    view! {
        <div class="slow-motion" role="group" aria-label="Slow motion">
            <Show
                when=move || is_on.get()
                fallback=move || {
                    view! {
                        <button
                            node_ref=begin_button
                            type="button"
                            class="button button--quiet"
                            on:click=move |_| begin()
                        >
                            "▶ slow motion"
                        </button>
                    }
                }
            >
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label="Slow motion: one cell back"
                    on:click=move |_| step(last_in_map)
                >
                    "◀"
                </button>
                <button
                    node_ref=play_button
                    type="button"
                    class="button button--quiet slow-motion__play"
                    aria-label=move || if is_playing.get() { "Slow motion: hold" } else { "Slow motion: play" }
                    prop:textContent=move || if is_playing.get() { "❚❚ hold" } else { "▶ play" }
                    on:click=move |_| play()
                ></button>
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label="Slow motion: one cell on"
                    on:click=move |_| step(next_in_map)
                >
                    "▶"
                </button>
                <select
                    class="select"
                    aria-label="Slow motion: speed"
                    prop:value=move || cells_per_second.get().to_string()
                    on:change=move |event| cells_per_second.set(event_target_value(&event).parse().unwrap_or(SPEEDS[1]))
                >
                    {SPEEDS
                        .map(|speed| {
                            let is_chosen = speed == cells_per_second.get_untracked();
                            view! { <option value=speed.to_string() selected=is_chosen>{format!("{speed} cells/s")}</option> }
                        })
                        .collect_view()}
                </select>
                <button type="button" class="button button--quiet" on:click=move |_| leave()>
                    "whole map"
                </button>
            </Show>
        </div>
    }
}

/// Gives the focus to a button that is about to come.
fn focus_soon(button: NodeRef<html::Button>) {
    request_animation_frame(move || {
        if let Some(button) = button.try_get_untracked().flatten() {
            // A button that cannot take the focus leaves it where it is.
            let _ = button.focus();
        }
    });
}
