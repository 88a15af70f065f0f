//! From page to page, and to an image by its number.

use super::super::context::use_training_data;
use super::image_list::{n_pages, page_of};
use crate::components::while_mounted;
use crate::plot::number::thousands;
use crate::state::use_app_state;
use leptos::prelude::*;
use std::sync::Arc;

/// Back, the page's number, on, and a field for an image's number.
#[component]
pub fn Pager(
    /// All images that pass the filter.
    images: Memo<Arc<Vec<u32>>>,
) -> impl IntoView {
    let state = use_app_state();
    let browsed = use_training_data().browsed;
    let n = move || n_pages(images.read().len());
    let page = move || browsed.page.get().min(n() - 1);
    let is_last = move || page() + 1 >= n();
    let message = RwSignal::new(String::new());
    let jump = move |event: web_sys::Event| {
        let typed = event_target_value(&event);
        let n_in_set = state.labels.read_untracked().of(browsed.part.get_untracked().set()).len();
        match typed.trim().parse::<u32>().ok().filter(|image| (*image as usize) < n_in_set) {
            Some(image) => {
                let images = images.read_untracked();
                browsed.page.set(page_of(&images, image));
                message.set(String::new());
                if images.binary_search(&image).is_ok() {
                    state.look_at(browsed.part.get_untracked().set().subject(image as usize));
                } else {
                    message.set(format!(
                        "Image {} is not among these; the page shows the next one.",
                        thousands(image as usize)
                    ));
                }
            }
            None if typed.trim().is_empty() => message.set(String::new()),
            None => message
                .set(format!("Expected a number from 0 to {}, got “{typed}”", thousands(n_in_set.saturating_sub(1)))),
        }
    };
    view! {
        <div class="pager">
            <button
                type="button"
                class="button button--icon"
                aria-label="Previous page"
                prop:disabled=move || page() == 0
                on:click=move |_| browsed.page.set(page().saturating_sub(1))
            >
                "‹"
            </button>
            <span
                class="pager__place"
                data-testid="image-page"
                prop:textContent=move || format!("page {} of {}", thousands(page() + 1), thousands(n()))
            ></span>
            <button
                type="button"
                class="button button--icon"
                aria-label="Next page"
                prop:disabled=is_last
                on:click=move |_| browsed.page.set(page() + 1)
            >
                "›"
            </button>
            <label class="pager__jump">
                "Go to image "
                <input
                    type="text"
                    class="number-field"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-describedby="pager-message"
                    aria-invalid=move || message.read().starts_with("Expected").then_some("true")
                    on:change=while_mounted(jump)
                />
            </label>
            <span
                class="message"
                class:message--bad=move || message.read().starts_with("Expected")
                id="pager-message"
                role="status"
                prop:textContent=move || message.get()
            ></span>
        </div>
    }
}
