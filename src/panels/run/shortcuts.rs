//! Keyboard shortcuts of the page, except where text is typed or a key has another meaning; the help lists them.

use crate::components::SingleKeys;
use crate::protocol::Phase;
use crate::state::{is_open, use_app_state};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Listens while the calling component is on the page.
pub fn listen_for_shortcuts() {
    let state = use_app_state();
    let switch = use_context::<SingleKeys>();
    let is_open = is_open(state.place);
    let listener = window_event_listener(ev::keydown, move |event| {
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        let are_off = switch.is_some_and(|keys| !untrack(|| keys.are_on()));
        if !untrack(is_open)
            || are_off
            || has_modifier
            || event.repeat()
            || event.default_prevented()
            || is_typing(&event)
        {
            return;
        }
        let is_running = matches!(state.run.progress.read_untracked().phase, Phase::Training | Phase::Loading);
        let can_begin = state.machine.read_untracked().is_some() && state.checked.read_untracked().is_ok();
        // By its meaning on the reader's layout, also with Caps Lock.
        match event.key().to_ascii_lowercase().as_str() {
            "t" if is_running => state.pause(),
            "t" if can_begin => state.train(),
            "b" if can_begin && !is_running => state.step_batch(),
            "e" if can_begin && !is_running => state.step_epoch(),
            _ => {}
        }
    });
    on_cleanup(move || listener.remove());
}

/// Whether the key belongs to a field, a menu or the pad.
fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let fields =
        "input:not([type=range]):not([type=checkbox]), select, textarea, [role=application], [role=menu], dialog";
    target.is_some_and(|target| target.closest(fields).is_ok_and(|field| field.is_some()))
}
