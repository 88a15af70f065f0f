//! The panel "Draw a digit".

use super::doubt::Standards;
use super::drawing_pad::DrawingPad;
use super::network_eye::NetworkEye;
use super::pad_state::{PadContents, PadOutput, PadState};
use super::prediction::Prediction;
use super::prediction_view::PredictionView;
use super::probability_bars::ProbabilityBars;
use crate::components::{Panel, use_theme};
use crate::protocol::Subject;
use crate::state::use_app_state;
use leptos::prelude::*;

/// The pad, the network's view of it, and its prediction, live while drawing and training.
#[component]
pub fn PadPanel() -> impl IntoView {
    let state = use_app_state();
    let pad = PadState::new(PadOutput {
        on_image: Callback::new(move |pixels| state.draw(pixels)),
        on_drawn: Callback::new(move |()| {
            if state.subject.get_untracked() != Subject::Drawing {
                state.look_at(Subject::Drawing);
            }
        }),
    });
    let ground = use_theme().ground.into();
    let is_shuffled = Memo::new(move |_| {
        state.run.checked.read().experiment().data.digits().is_some_and(|digits| digits.shuffle_pixels)
    });
    let prediction = Memo::new(move |_| {
        let is_pad_empty = pad.contents.get() == PadContents::Empty
            && state.subject.get() == Subject::Drawing
            && state.own_digits.looked_at.read().is_none();
        let is_in_order = !is_shuffled.get();
        let (temperature, entropy_limit) = (state.temperature(), state.entropy_limit.get());
        let standards = Standards { temperature, entropy_limit, is_in_order };
        Prediction::of(state.inspection.read().as_deref(), is_pad_empty, standards)
    });
    let digit = Signal::derive(move || match *prediction.read() {
        Prediction::Digit { digit, .. } => Some(digit),
        _ => None,
    });
    let outputs = Signal::derive(move || match *prediction.read() {
        Prediction::Waiting | Prediction::Empty => Vec::new(),
        Prediction::NotANumber | Prediction::Digit { .. } => {
            state.inspection.read().as_ref().map(|inspection| inspection.probs.clone()).unwrap_or_default()
        }
    });
    let tools = move || {
        view! {
            <button
                type="button"
                class="button button--quiet"
                prop:disabled=move || !pad.can_undo.get()
                on:click=move |_| pad.undo()
            >
                "Undo"
            </button>
            <button
                type="button"
                class="button button--quiet"
                prop:disabled=move || pad.contents.get() == PadContents::Empty
                on:click=move |_| pad.clear()
            >
                "Clear"
            </button>
        }
    };
    view! {
        <Panel title="Draw a digit" area="pad" tools>
            <div class="pad-panel">
                <DrawingPad pad ground />
                <NetworkEye pad ground />
                <PredictionView prediction />
                <ProbabilityBars outputs digit />
            </div>
        </Panel>
    }
}
