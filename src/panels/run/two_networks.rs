//! The line between the network that is edited and the one that is shown, while they are two.

use crate::protocol::Phase;
use crate::state::{use_app_state, use_editor};
use leptos::prelude::*;

/// Says that drawings and maps are those of the run, not of the edited network, and brings both together.
#[component]
pub fn TwoNetworks() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let are_two = Memo::new(move |_| {
        let has_begun = state.run.phase() != Phase::Idle;
        has_begun && state.experiment.read().network != state.run.checked.read().experiment().network
    });
    let can_show = move || state.checked.read().is_ok() && state.machine.read().is_some();
    view! {
        <Show when=move || are_two.get()>
            <div class="notice two-networks" data-testid="two-networks">
                <p>"The network in the editor is not the one shown: drawing, maps and figures are those of the run."</p>
                <button type="button" class="button" disabled=move || !can_show() on:click=move |_| state.reset()>
                    "Show the edited network"
                </button>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| editor.load(state.run.checked.get_untracked().experiment().clone())
                >
                    "Back to the run's settings"
                </button>
            </div>
        </Show>
    }
}
