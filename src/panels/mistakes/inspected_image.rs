//! The image that is looked at: label, reading, and the way to the strip that shows how the network came to it.

use crate::components::{Judged, is_label_error, subject_name};
use crate::plot::number::percent_to_tenth;
use crate::protocol::Subject;
use crate::state::use_app_state;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A sentence about the image, and a button that goes to it.
#[component]
pub fn InspectedImage(
    /// The images of the set.
    judged: Signal<Option<Arc<Judged>>>,
) -> impl IntoView {
    let state = use_app_state();
    let text = move || {
        let subject = state.subject.get();
        let image = judged.get()?.image_of(subject)?;
        let verdict = if image.label == image.predicted { "right" } else { "wrong" };
        let doubt = match subject {
            Subject::Test(image_idx) if is_label_error(image_idx) => " People disagree with its label, too.",
            _ => "",
        };
        Some(format!(
            "You look at {}: label {}, read as {} with {}, which is {verdict}.{doubt}",
            subject_name(subject),
            image.label,
            image.predicted,
            percent_to_tenth(image.confidence),
        ))
    };
    let text = Memo::new(move |_| text());
    view! {
        <Show when=move || text.read().is_some()>
            <p class="inspected" role="status">
                <span prop:textContent=move || text.get().unwrap_or_default()></span>
                " "
                <button type="button" class="button button--quiet" on:click=|_| go_inside()>
                    "See it layer by layer"
                </button>
            </p>
        </Show>
    }
}

/// Scrolls to the panel "Inside the network", and moves the focus there.
fn go_inside() {
    let panel = document().get_element_by_id("inside").and_then(|panel| panel.dyn_into::<HtmlElement>().ok());
    if let Some(panel) = panel {
        panel.scroll_into_view();
        // A panel that cannot take the focus leaves it where it is.
        let _ = panel.focus();
    }
}
