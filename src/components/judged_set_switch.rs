//! Which images a network is judged by: validation, or the test set once it was opened.

use super::{Term, glossary};
use crate::protocol::Start;
use crate::protocol::questions::JudgedSet;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Two choices; the test set can be chosen once it was opened.
#[component]
pub fn JudgedSetSwitch(
    /// The chosen one.
    set: RwSignal<JudgedSet>,
) -> impl IntoView {
    let run = use_app_state().run;
    // The shipped network was trained on the whole training set.
    let is_shipped = move || run.start.get() == Start::Pretrained && run.progress.read().epoch == 0;
    // Another run has not opened it.
    Effect::new(move |_| {
        if !run.is_test_opened.get() {
            set.set(JudgedSet::Validation);
        }
    });
    let button = move |option: JudgedSet, name: &'static str| {
        let is_sealed = move || option == JudgedSet::Test && !run.is_test_opened.get();
        view! {
            <button
                type="button"
                class="button button--quiet"
                aria-pressed=move || (set.get() == option).to_string()
                disabled=is_sealed
                on:click=move |_| set.set(option)
            >
                {name}
            </button>
        }
    };
    view! {
        <span class="judged-set" role="group" aria-label="Images that the network is judged by">
            {button(JudgedSet::Validation, "Validation images")} {button(JudgedSet::Test, "Test images")}
            <Show when=move || set.get() == JudgedSet::Validation && run.checked.read().n_validation() == 0>
                <span class="muted">"This run keeps no images for validation: these are training images."</span>
            </Show>
            <Show when=move || set.get() == JudgedSet::Validation && is_shipped()>
                <span class="muted">"The pretrained network was trained on these images, too: train one of your own to see honest figures."</span>
            </Show>
            <Show when=move || !run.is_test_opened.get()>
                <span class="muted">
                    "The " <Term entry=glossary::TEST_SET>"test set"</Term>
                    " is sealed until you evaluate on it (above, in the run)."
                </span>
            </Show>
        </span>
    }
}
