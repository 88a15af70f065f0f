//! The panel below the output.

use super::playground_link::PlaygroundLink;
use super::teacher_menu::TeacherMenu;
use leptos::prelude::*;

/// Links to give away.
#[component]
pub fn PlaneSharePanel() -> impl IntoView {
    view! {
        <section class="panel panel--plane-share" aria-label="Links">
            <PlaygroundLink />
            <TeacherMenu />
        </section>
    }
}
