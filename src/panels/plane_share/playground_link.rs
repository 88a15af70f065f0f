//! The experiment as a link of TensorFlow Playground, or what it cannot hold.

use crate::browser::copy_text;
use crate::components::plane::use_plane_screen;
use crate::link::playground;
use crate::state::use_app_state;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Where the links lead.
const LINK_TO_FOLLOW: &str = "https://playground.tensorflow.org/#";

/// What the last press has given.
#[derive(Debug, Clone, PartialEq)]
enum Outcome {
    Nothing,
    Copied,
    /// The browser has no clipboard for the page.
    Shown(String),
    /// What the link cannot hold.
    Refused(Vec<String>),
}

/// The button and what came of it.
#[component]
pub fn PlaygroundLink() -> impl IntoView {
    let (state, screen) = (use_app_state(), use_plane_screen());
    let outcome = RwSignal::new(Outcome::Nothing);
    // What was said of another experiment no longer holds.
    Effect::watch(move || state.experiment.get(), move |_, _, _| outcome.set(Outcome::Nothing), false);
    let copy = move |_| {
        let view = untrack(|| screen.as_view());
        match playground::write(&state.experiment.read_untracked(), &view) {
            Err(parts) => outcome.set(Outcome::Refused(parts)),
            Ok(fragment) => spawn_local(async move {
                let link = format!("{LINK_TO_FOLLOW}{fragment}");
                let is_copied = copy_text(&link).await;
                outcome.try_set(if is_copied { Outcome::Copied } else { Outcome::Shown(link) });
            }),
        }
    };
    view! {
        <div class="playground-link">
            <button type="button" class="button" on:click=copy>
                "Copy as Playground link"
            </button>
            <div role="status" data-testid="playground-link">
                {move || match outcome.get() {
                    Outcome::Nothing => ().into_any(),
                    Outcome::Copied => {
                        view! { <p>"Copied: TensorFlow Playground trains the same experiment to the same numbers."</p> }
                            .into_any()
                    }
                    Outcome::Shown(link) => {
                        view! { <input type="text" readonly class="playground-link__text" aria-label="The link" prop:value=link /> }
                            .into_any()
                    }
                    Outcome::Refused(parts) => {
                        view! {
                            <p>"TensorFlow Playground cannot hold this experiment:"</p>
                            <ul class="playground-link__parts">
                                {parts.into_iter().map(|part| view! { <li>{part}</li> }).collect_view()}
                            </ul>
                        }
                            .into_any()
                    }
                }}
            </div>
        </div>
    }
}
