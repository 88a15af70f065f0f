//! What the page shows: one folder per view, one component per file.

pub mod bench;
pub mod glossary;
pub mod inside;
pub mod pad;
pub mod shell;

use crate::state::provide_app_state;
use inkling_engine::experiment::Preset;
use inside::InsidePanel;
use leptos::prelude::*;
use pad::PadPanel;
use shell::provide_theme;

/// Mounts the page.
pub fn mount() {
    console_error_panic_hook::set_once();
    mount_to_body(Page);
}

/// The page.
#[component]
fn Page() -> impl IntoView {
    provide_theme();
    let state = provide_app_state(Preset::LessonCnn);
    state.start_worker();
    view! {
        <main class="digits">
            <PadPanel />
            <InsidePanel />
        </main>
    }
}
