//! The page's navigation: its places, and the lesson beside them.

use super::address::show_in_address;
use crate::components::PresentMode;
use crate::state::{Place, Places};
use leptos::prelude::*;
use web_sys::MouseEvent;

/// A link to each place and to the lesson; the open one is marked.
#[component]
pub fn PlaceLinks() -> impl IntoView {
    let (places, mode) = (expect_context::<Places>(), expect_context::<PresentMode>());
    let open = move |event: MouseEvent, place: Option<Place>| {
        // With a key held, the browser opens the link elsewhere.
        if event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        event.prevent_default();
        let (is_open, has_book) = (places.open.get_untracked(), places.has_book.get_untracked());
        let (next, next_has_book) = (place.unwrap_or(is_open), place.is_none());
        if (next, next_has_book) != (is_open, has_book) {
            places.open.set(next);
            places.has_book.set(next_has_book);
            show_in_address(places, mode, true);
        }
    };
    let link = move |place: Option<Place>| {
        let query = place.map_or(Some("place=lesson"), Place::query).unwrap_or_default();
        let is_current = move || match place {
            Some(place) => places.open.get() == place && !places.has_book.get(),
            None => places.has_book.get(),
        };
        view! {
            <a
                class="place-links__link"
                href=format!("?{query}")
                aria-current=move || is_current().then_some("page")
                on:click=move |event| open(event, place)
            >
                {place.map_or("Lesson", Place::title)}
            </a>
        }
    };
    let all = Place::ALL.into_iter().map(Some).chain([None]);
    view! { <nav class="place-links" aria-label="Places">{all.map(link).collect_view()}</nav> }
}
