//! The page's address: it can bring an experiment, and follows the one on the screen once it was edited.

use super::banners::capitalised;
use crate::link;
use crate::state::{AppState, Editor};
use inkling_engine::experiment::Experiment;
use leptos::{ev, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsValue;

/// Quiet time after an edit before the address changes: browsers allow about a hundred changes in half a minute.
const QUIET: Duration = Duration::from_millis(400);

/// What the address asked for and could not be had.
#[derive(Clone, Copy)]
pub struct AddressNotice(pub RwSignal<Option<String>>);

/// Takes up the experiment that the address asks for, now and whenever its part behind `#` changes, and keeps that
/// part up to date after the first edit.
pub fn follow_address(state: AppState, editor: Editor) {
    let notice = AddressNotice(RwSignal::new(None));
    provide_context(notice);
    let take_up = move || {
        let location = window().location();
        let (query, fragment) = (location.search().unwrap_or_default(), location.hash().unwrap_or_default());
        match link::asked_for(&query, &fragment) {
            Ok(Some(experiment)) => {
                notice.0.set(None);
                if experiment != *state.experiment.read_untracked() {
                    editor.replace(experiment);
                }
            }
            Ok(None) => {}
            Err(error) => notice
                .0
                .set(Some(format!("{}. The page shows its own experiment instead.", capitalised(&error.to_string())))),
        }
    };
    take_up();
    let listener = window_event_listener(ev::hashchange, move |_| take_up());
    on_cleanup(move || listener.remove());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        state.experiment.track();
        if !editor.is_touched.get() {
            return;
        }
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        let set = set_timeout_with_handle(move || show_in_address(state), QUIET);
        timer.set_value(set.ok());
    });
}

/// The address of an experiment; none if it holds a number that JSON has no word for.
#[must_use]
pub fn link_to(experiment: &Experiment) -> Option<String> {
    let fragment = link::encode(experiment).ok()?;
    let location = window().location();
    let (origin, path) = (location.origin().ok()?, location.pathname().ok()?);
    Some(format!("{origin}{path}#{fragment}"))
}

/// An experiment that JSON has no words for stays out of the address, and so does one that the browser refuses.
fn show_in_address(state: AppState) {
    let Ok(fragment) = link::encode(&state.experiment.read_untracked()) else { return };
    if let Ok(history) = window().history() {
        let path = window().location().pathname().unwrap_or_default();
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}#{fragment}")));
    }
}
