//! The tab.

use leptos::prelude::*;

/// What moved, noisy and otherwise changed images do to the accuracy.
#[component]
pub fn RobustnessPanel() -> impl IntoView {
    view! { <p class="message">"Coming."</p> }
}
