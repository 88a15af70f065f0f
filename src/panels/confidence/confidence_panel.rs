//! The tab.

use leptos::prelude::*;

/// Whether the network is as sure as it may be, and when it should say that it does not know.
#[component]
pub fn ConfidencePanel() -> impl IntoView {
    view! { <p class="message">"Coming."</p> }
}
