//! Keeps the view of the plane fresh: at most 30 times a second, never before the last one has arrived, and less often
//! where a view takes the worker long.

use super::screen::PlaneScreen;
use crate::browser::now_ms;
use crate::protocol::questions::PlaneView;
use crate::state::AppState;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::{ev, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Least time between two questions.
const PERIOD_MS: f64 = 33.0;
/// How many times as long as an answer took the worker may train.
const REST: f64 = 4.0;
/// An answer that has not come by then is not waited for: its run is gone.
const PATIENCE_MS: f64 = 3_000.0;

/// What shows maps, or lines that are made from one.
const WITH_MAPS: &str = ".plane-graph, .plane-map, .plane-lines";

/// Whether one of them is on the screen.
fn are_maps_on_screen() -> bool {
    let Ok(found) = document().query_selector_all(WITH_MAPS) else { return true };
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::INFINITY);
    (0..found.length()).filter_map(|idx| found.item(idx)?.dyn_into::<Element>().ok()).any(|element| {
        let rect = element.get_bounding_client_rect();
        rect.height() > 0.0 && rect.bottom() > 0.0 && rect.top() < height
    })
}

#[derive(Default)]
struct Line {
    asked_ms: f64,
    /// How long the last answer took, with its ways.
    took_ms: f64,
    is_asked: bool,
    is_stale: bool,
    timer: Option<TimeoutHandle>,
}

/// Asks for a view whenever the network may be another, for as long as the calling component is on the page and
/// `is_shown`.
pub fn keep_looking(state: AppState, screen: PlaneScreen, is_shown: impl Fn() -> bool + Copy + Send + Sync + 'static) {
    let line = StoredValue::new_local(Line::default());
    let ask = move || {
        let enlarged = untrack(|| screen.enlarged_unit());
        let is_asked = line.try_update_value(|line| {
            (line.asked_ms, line.is_asked, line.is_stale, line.timer) = (now_ms(), true, false, None);
        });
        if is_asked.is_some() {
            state.ask(PlaneView { has_maps: are_maps_on_screen(), enlarged });
        }
    };
    let want = move || {
        line.update_value(|line| {
            let since_ms = now_ms() - line.asked_ms;
            if line.timer.is_some() || (line.is_asked && since_ms < PATIENCE_MS) {
                line.is_stale = true;
                return;
            }
            let wait_ms = PERIOD_MS.max(line.took_ms * REST) - since_ms;
            line.timer = set_timeout_with_handle(ask, Duration::from_millis(wait_ms.max(0.0).ceil() as u64)).ok();
        });
    };
    Effect::new(move |_| {
        // Each of these may come with another network.
        state.run.id.track();
        state.run.progress.track();
        state.run.checked.track();
        state.run.weight_edits.track();
        screen.pointed.track();
        if is_shown() && state.machine.read().is_some() {
            want();
        }
    });
    Effect::new(move |_| {
        if state.answers.plane_view.newest().is_none() {
            return;
        }
        line.update_value(|line| {
            line.is_asked = false;
            line.took_ms = now_ms() - line.asked_ms;
        });
        if line.with_value(|line| line.is_stale) {
            want();
        }
    });
    // What comes back onto the screen may show an older network.
    let on_scroll = window_event_listener(ev::scroll, move |_| {
        if untrack(is_shown) && state.machine.read_untracked().is_some() {
            want();
        }
    });
    on_cleanup(move || {
        on_scroll.remove();
        if let Some(Some(timer)) = line.try_update_value(|line| line.timer.take()) {
            timer.clear();
        }
    });
}
