//! The page as a whole: header, banners and the place that is open.

use super::open_place::OpenPlace;
use super::{Banners, Header, follow_address};
use crate::components::{provide_present_mode, provide_single_keys, provide_theme};
use crate::places::bench::BenchPage;
use crate::state::{Place, Places, provide_app_state, provide_editor};
use inkling_engine::experiment::Preset;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent};

/// Mounts the page.
pub fn mount() {
    console_error_panic_hook::set_once();
    let page = document().body().and_then(|body| body.get_attribute("data-page"));
    match page.as_deref() {
        Some("bench") => mount_to_body(BenchPage),
        _ => mount_to_body(Page),
    }
}

/// The page.
#[component]
fn Page() -> impl IntoView {
    provide_theme();
    provide_single_keys();
    provide_present_mode();
    let state = provide_app_state(Preset::LessonCnn);
    let editor = provide_editor(state);
    let location = window().location();
    let (query, fragment) = (location.search().unwrap_or_default(), location.hash().unwrap_or_default());
    let places = Places::provide(Place::guessed(&query, &fragment), state, editor);
    // The address comes first, so that the worker's first network is the one that is asked for.
    follow_address(places);
    places.start_digits();
    view! {
        <Header>
            <a class="skip-link" href="#" on:click=skip_to_training>
                "Skip to training"
            </a>
        </Header>
        <Banners />
        <OpenPlace />
    }
}

/// Moves the focus past the experiment. The address, which may hold an experiment, stays as it is.
fn skip_to_training(event: MouseEvent) {
    event.prevent_default();
    let panel = document().get_element_by_id("run").and_then(|panel| panel.dyn_into::<HtmlElement>().ok());
    if let Some(panel) = panel {
        let _ = panel.focus();
    }
}
