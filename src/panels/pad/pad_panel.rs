//! The panel "Draw a digit".

use super::drawing_pad::DrawingPad;
use super::network_eye::NetworkEye;
use super::pad_state::{Contents, PadState};
use super::prediction::Prediction;
use super::probability_bars::ProbabilityBars;
use super::reading::Reading;
use crate::components::{Panel, use_theme};
use crate::protocol::Subject;
use crate::state::use_app_state;
use leptos::prelude::*;

/// The pad, the network's view of it, and its reading, live while drawing and training.
#[component]
pub fn PadPanel() -> impl IntoView {
    let state = use_app_state();
    let board = PadState::new(state);
    let ground = use_theme().ground.into();
    let reading = Memo::new(move |_| {
        // Empty paper is empty at once, without asking the network.
        if board.contents.get() == Contents::Empty && state.subject.get() == Subject::Drawing {
            return Reading::Empty;
        }
        Reading::of(state.inspection.read().as_deref())
    });
    let digit = Signal::derive(move || match *reading.read() {
        Reading::Digit { digit, .. } => Some(digit),
        _ => None,
    });
    let outputs = Signal::derive(move || match *reading.read() {
        Reading::Waiting | Reading::Empty => Vec::new(),
        Reading::NotANumber | Reading::Digit { .. } => {
            state.inspection.read().as_ref().map(|inspection| inspection.probs.clone()).unwrap_or_default()
        }
    });
    let tools = move || {
        view! {
            <button
                type="button"
                class="button button--quiet"
                prop:disabled=move || !board.can_undo.get()
                on:click=move |_| board.undo()
            >
                "Undo"
            </button>
            <button
                type="button"
                class="button button--quiet"
                prop:disabled=move || board.contents.get() == Contents::Empty
                on:click=move |_| board.clear()
            >
                "Clear"
            </button>
        }
    };
    view! {
        <Panel title="Draw a digit" area="pad" tools>
            <div class="pad-panel">
                <DrawingPad board ground />
                <NetworkEye board ground />
                <Prediction reading />
                <ProbabilityBars outputs digit />
            </div>
        </Panel>
    }
}
