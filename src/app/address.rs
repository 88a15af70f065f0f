//! The page's address: it can bring an experiment, and follows the one on the screen once it was edited.

use super::address_reader;
use super::sentence::capitalised;
use crate::components::PresentMode;
use crate::link;
use crate::state::{Place, Places};
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsValue;

/// Quiet time after an edit before the address changes: browsers allow about a hundred changes in half a minute.
const QUIET: Duration = Duration::from_millis(400);

/// What the user should know about the experiment in the address.
#[derive(Clone, Copy)]
pub struct AddressNotice(pub RwSignal<Option<String>>);

/// Opens the place and loads the experiment that the address names, now and whenever it changes, and keeps the address up
/// to date after the first edit.
pub fn follow_address(places: Places) {
    let mode = expect_context::<PresentMode>();
    let notice = AddressNotice(RwSignal::new(None));
    provide_context(notice);
    let take_up = move || async move {
        let location = window().location();
        let (query, fragment) = (location.search().unwrap_or_default(), location.hash().unwrap_or_default());
        let guessed = Place::guessed(&query, &fragment);
        let asked = address_reader::read(query, fragment).await;
        // The page can be gone by now.
        if notice.0.try_set(asked.notice.as_deref().map(capitalised)).is_some() {
            return;
        }
        places.take_up(guessed, asked);
    };
    spawn_local(take_up());
    let listener = window_event_listener(ev::popstate, move |_| spawn_local(take_up()));
    on_cleanup(move || listener.remove());
    follow_book(places, mode);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let (state, editor) = places.present();
        state.experiment.track();
        if !editor.is_touched.get() {
            return;
        }
        if let Some(timer) = timer.get_value() {
            timer.clear();
        }
        let set = set_timeout_with_handle(move || show_in_address(places, mode, false), QUIET);
        timer.set_value(set.ok());
    });
}

/// Keeps the open step of the lesson in the address.
fn follow_book(places: Places, mode: PresentMode) {
    let shown = Memo::new(move |_| (places.has_book.get(), places.step.get()));
    Effect::new(move |former: Option<(bool, Option<String>)>| {
        let shown = shown.get();
        // A book that was closed is taken out of the address, which else may hold an experiment that is to stay.
        let names_book = window().location().search().is_ok_and(|query| query.contains("place=lesson"));
        if former.is_some_and(|former| former != shown) && (shown.0 || names_book) {
            show_in_address(places, mode, false);
        }
        shown
    });
}

/// The address of what the open place shows; none if it holds a number that JSON cannot express.
#[must_use]
pub fn link_to(places: Places, mode: PresentMode) -> Option<String> {
    let (origin, path) = (window().location().origin().ok()?, path(places, mode));
    let fragment = places.present().0.experiment.try_with_untracked(link::encode)?.ok()?;
    Some(format!("{origin}{path}#{fragment}"))
}

/// Path and query of the open place.
fn path(places: Places, mode: PresentMode) -> String {
    let place = places.open.get_untracked();
    let mut pairs = Vec::new();
    if places.has_book.get_untracked() {
        pairs.push("place=lesson".to_owned());
        pairs.extend(places.step.get_untracked().map(|step| format!("step={step}")));
    } else {
        pairs.extend(place.query().map(str::to_owned));
    }
    pairs.extend(mode.query().map(str::to_owned));
    if place == Place::Plane {
        pairs.extend(places.plane_query.get_untracked());
    }
    let path = window().location().pathname().unwrap_or_default();
    if pairs.is_empty() { path } else { format!("{path}?{}", pairs.join("&")) }
}

/// Shows the open place in the address, and its experiment once it was edited, unless JSON cannot express it or the browser
/// refuses the address. `is_new`: the browser's Back leads to the address that it had.
pub fn show_in_address(places: Places, mode: PresentMode, is_new: bool) {
    untrack(|| {
        // The page can be gone by now.
        let Some(place) = places.open.try_get_untracked() else { return };
        let (state, editor) = places.of(place);
        let mut address = path(places, mode);
        if editor.is_touched.get_untracked() {
            let Some(Ok(fragment)) = state.experiment.try_with_untracked(link::encode) else { return };
            address += &format!("#{fragment}");
        }
        if let Ok(history) = window().history() {
            let _ = if is_new {
                history.push_state_with_url(&JsValue::NULL, "", Some(&address))
            } else {
                history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
            };
        }
    });
}
