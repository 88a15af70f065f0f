//! The help dialog: what this page is, its keys, and the glossary.

use crate::components::part::{Part, part};
use crate::components::{SingleKeys, glossary};
use crate::state::use_app_state;
use leptos::{html, prelude::*};

/// Keys that work anywhere on the page, and what they do.
const KEYS: [(&str, &str); 6] = [
    ("T", "train or pause"),
    ("B", "step one batch"),
    ("E", "step one epoch"),
    ("Alt + ↑ ↓", "move the layer that has the focus"),
    ("↑ ↓ in a number", "step it"),
    ("← → on a curve", "read it epoch by epoch"),
];

/// A button that opens a dialog.
#[component]
pub fn Help() -> impl IntoView {
    let data = use_app_state().data;
    let is_asked = RwSignal::new(false);
    // All words of the page are in it, which a first visit does not wait for.
    let part = Part::new(fetch_help, move || is_asked.get() || data.read().is_settled());
    let dialog = NodeRef::<html::Dialog>::new();
    let open = move |_| {
        is_asked.set(true);
        if let Some(dialog) = dialog.get_untracked() {
            // A dialog that is open already stays open.
            let _ = dialog.show_modal();
        }
    };
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <button type="button" class="button button--icon" aria-label="Help" aria-haspopup="dialog" on:click=open>
            "?"
        </button>
        <dialog class="help" node_ref=dialog aria-labelledby="help-title">
            <div class="help__head">
                <h2 id="help-title" class="help__title">
                    "Inkling"
                </h2>
                <button type="button" class="button button--quiet" on:click=move |_| close()>
                    "Close"
                </button>
            </div>
            {move || part.show(|| help_text(()))}
        </dialog>
    }
}

part!(help, fetch_help, help_text(_nothing: ()), view! { <HelpText /> }.into_any());

/// The inside of the dialog.
#[component]
fn HelpText() -> impl IntoView {
    let keys = expect_context::<SingleKeys>();
    view! {
        <p>
            "Build a network on the left, press Train, and draw a digit on the right: the same network that you see \
             learning reads it at once. Below, each layer shows what it makes of the digit. All of it is computed \
             in this tab, with the numbers that Keras and scikit-learn would give; nothing leaves it."
        </p>
        <h3>"Keys"</h3>
        <dl class="help__keys">
            {KEYS
                .map(|(key, effect)| {
                    view! {
                        <dt>
                            <kbd>{key}</kbd>
                        </dt>
                        <dd>{effect}</dd>
                    }
                })
                .collect_view()}
        </dl>
        <label class="help__switch">
            <input
                type="checkbox"
                prop:checked=move || keys.are_on()
                on:change=move |event| keys.switch(event_target_checked(&event))
            />
            "Single letters (T, B, E) work as keys"
        </label>
        <h3>"Words"</h3>
        <dl class="help__text">
            {glossary::words()
                .into_iter()
                .map(|entry| {
                    view! {
                        <dt>{entry.name}</dt>
                        <dd>{entry.text}</dd>
                    }
                })
                .collect_view()}
        </dl>
    }
}
