//! The page's navigation: its places.

use super::address::show_in_address;
use crate::components::PresentMode;
use crate::state::{Place, Places};
use leptos::prelude::*;
use web_sys::MouseEvent;

/// A link to each place; the open one is marked.
#[component]
pub fn PlaceLinks() -> impl IntoView {
    let (places, mode) = (expect_context::<Places>(), expect_context::<PresentMode>());
    let link = move |place: Place| {
        let open = move |event: MouseEvent| {
            // With a key held, the browser opens the link elsewhere.
            if event.ctrl_key() || event.meta_key() || event.shift_key() {
                return;
            }
            event.prevent_default();
            if places.open.get_untracked() != place {
                places.open.set(place);
                show_in_address(places, mode, true);
            }
        };
        view! {
            <a
                class="place-links__link"
                href=format!("?{}", place.query().unwrap_or_default())
                aria-current=move || (places.open.get() == place).then_some("page")
                on:click=open
            >
                {place.title()}
            </a>
        }
    };
    view! { <nav class="place-links" aria-label="Places">{Place::ALL.map(link).collect_view()}</nav> }
}
