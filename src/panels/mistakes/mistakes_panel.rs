//! The tab.

use leptos::prelude::*;

/// What the network gets wrong, image by image.
#[component]
pub fn MistakesPanel() -> impl IntoView {
    view! { <p class="message">"Coming."</p> }
}
