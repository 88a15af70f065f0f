//! The page's address: it can bring an experiment, and follows the one on the screen once it was edited.

use super::address_reader;
use super::sentence::capitalised;
use crate::components::PresentMode;
use crate::link::{self, Asked};
use crate::state::{AppState, Editor};
use inkling_engine::experiment::Experiment;
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsValue;

/// Quiet time after an edit before the address changes: browsers allow about a hundred changes in half a minute.
const QUIET: Duration = Duration::from_millis(400);

/// What the user should know about the experiment in the address.
#[derive(Clone, Copy)]
pub struct AddressNotice(pub RwSignal<Option<String>>);

/// Loads the experiment that the address names, now and whenever the part after `#` changes, and keeps that
/// part up to date after the first edit.
pub fn follow_address(state: AppState, editor: Editor) {
    let mode = expect_context::<PresentMode>();
    let notice = AddressNotice(RwSignal::new(None));
    provide_context(notice);
    let take_up = move || async move {
        let location = window().location();
        let (query, fragment) = (location.search().unwrap_or_default(), location.hash().unwrap_or_default());
        let Asked { experiment, notice: text, .. } = address_reader::read(query, fragment).await;
        // The page can be gone by now.
        if notice.0.try_set(text.map(|text| capitalised(&text))).is_some() {
            return;
        }
        if let Some(experiment) = experiment
            && experiment != *state.experiment.read_untracked()
        {
            editor.replace(experiment);
        }
    };
    spawn_local(take_up());
    let listener = window_event_listener(ev::hashchange, move |_| spawn_local(take_up()));
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
        let set = set_timeout_with_handle(move || show_in_address(state, mode), QUIET);
        timer.set_value(set.ok());
    });
}

/// The address of an experiment; none if it holds a number that JSON cannot express.
#[must_use]
pub fn link_to(experiment: &Experiment, mode: PresentMode) -> Option<String> {
    let fragment = link::encode(experiment).ok()?;
    let location = window().location();
    let (origin, path) = (location.origin().ok()?, location.pathname().ok()?);
    Some(format!("{origin}{path}{}#{fragment}", mode.query()))
}

/// Shows the experiment in the address, unless JSON cannot express it or the browser refuses the address.
fn show_in_address(state: AppState, mode: PresentMode) {
    // The page can be gone by now.
    let Some(Ok(fragment)) = state.experiment.try_with_untracked(link::encode) else { return };
    if let Ok(history) = window().history() {
        let path = window().location().pathname().unwrap_or_default();
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&format!("{path}{}#{fragment}", mode.query())));
    }
}
