//! In a lecture hall the steps are turned by arrow keys or a clicker, which sends Page Up and Page Down.

use super::footer::{go_back, go_on};
use super::lesson_state::LessonState;
use crate::components::PresentMode;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Where these keys have a meaning of their own.
const OTHERS: &str = "input, select, textarea, [role=tab], [role=application], [role=menu], [role=slider], [role=grid], dialog, [data-testid=probe]";

/// Listens while the calling component is on the page.
pub fn listen_for_keys(lesson: LessonState) {
    let mode = expect_context::<PresentMode>();
    let listener = window_event_listener(ev::keydown, move |event| {
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_elsewhere = target.is_some_and(|target| target.closest(OTHERS).is_ok_and(|found| found.is_some()));
        let is_turning = untrack(|| mode.is_on() && lesson.places.has_book.get());
        if !is_turning || has_modifier || is_elsewhere || event.default_prevented() {
            return;
        }
        match event.key().as_str() {
            "ArrowRight" | "PageDown" => go_on(lesson),
            "ArrowLeft" | "PageUp" => go_back(lesson),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
}
