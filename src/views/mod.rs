//! What the page shows: one folder per view, one component per file.

use crate::state::provide_app_state;
use inkling_engine::experiment::Preset;
use leptos::prelude::*;

/// Mounts the page.
pub fn mount() {
    console_error_panic_hook::set_once();
    mount_to_body(Page);
}

/// The page.
#[component]
fn Page() -> impl IntoView {
    let state = provide_app_state(Preset::LessonCnn);
    state.start_worker();
    view! { <main>"Inkling"</main> }
}
