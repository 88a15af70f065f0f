//! The button that copies the address of the experiment.

use super::address::link_to;
use crate::browser::copy_text;
use crate::components::PresentMode;
use crate::state::Places;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;
use web_sys::{FocusEvent, HtmlInputElement};

/// The result of the last press.
#[derive(Debug, Clone, PartialEq)]
enum Copied {
    NotYet,
    Done,
    /// The browser offers no clipboard: the link is shown, so that it can be copied from there.
    Shown(String),
}

/// Copies, or shows the link where the browser has no clipboard for the page.
#[component]
pub fn CopyLink() -> impl IntoView {
    let (places, mode) = (expect_context::<Places>(), expect_context::<PresentMode>());
    let copied = RwSignal::new(Copied::NotYet);
    let copy = move |_| {
        let Some(link) = untrack(|| link_to(places, mode)) else { return };
        spawn_local(async move {
            let is_done = copy_text(&link).await;
            copied.set(if is_done { Copied::Done } else { Copied::Shown(link) });
            if is_done {
                set_timeout(move || drop(copied.try_set(Copied::NotYet)), Duration::from_secs(2));
            }
        });
    };
    view! {
        <div class="copy-link">
            <button
                type="button"
                class="button"
                prop:textContent=move || if *copied.read() == Copied::Done { "Copied" } else { "Copy link" }
                on:click=copy
            ></button>
            <span
                class="visually-hidden"
                role="status"
                prop:textContent=move || (*copied.read() == Copied::Done).then_some("The link is copied")
            ></span>
            {move || match copied.get() {
                Copied::Shown(link) => Some(view! {
                    <div class="copy-link__by-hand">
                        <label>
                            "This browser keeps its clipboard to itself. The link:"
                            <input
                                type="text"
                                readonly
                                class="copy-link__text"
                                prop:value=link
                                on:focus=select_all
                            />
                        </label>
                        <button
                            type="button"
                            class="button button--quiet"
                            on:click=move |_| copied.set(Copied::NotYet)
                        >
                            "Close"
                        </button>
                    </div>
                }),
                _ => None,
            }}
        </div>
    }
}

fn select_all(event: FocusEvent) {
    event_target::<HtmlInputElement>(&event).select();
}
