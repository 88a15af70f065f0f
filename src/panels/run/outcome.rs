//! What went wrong in the run, what could not be done, and whether the network that is edited is the one that is shown.

use super::diagnosis::DiagnosisNotice;
use super::text::{a_tenth, end_text};
use super::two_networks::TwoNetworks;
use crate::plot::number::plain;
use crate::protocol::FailureKind;
use crate::state::{use_app_state, use_editor};
use inkling_engine::history::StopReason;
use leptos::prelude::*;

/// Notes below the buttons; empty while all is as expected.
#[component]
pub fn Outcome() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let reason = state.run.stop_reason;
    let smaller_rate = Memo::new(move |_| match reason.get() {
        Some(StopReason::NotFinite { learning_rate, .. }) => Some(a_tenth(learning_rate)),
        _ => None,
    });
    let message_of = move |kind: FailureKind| {
        let failures = state.failures.read();
        failures.iter().find(|failure| failure.kind == kind).map(|failure| failure.message.clone())
    };
    let refused = Memo::new(move |_| message_of(FailureKind::Experiment));
    let no_model = Memo::new(move |_| message_of(FailureKind::Model));
    view! {
        {move || {
            smaller_rate
                .get()
                .map(|rate| {
                    let retry = move |_| {
                        editor.edit(|experiment| experiment.training.learning_rate = rate);
                        state.train();
                    };
                    view! {
                        <div class="notice notice--bad">
                            <p prop:textContent=end_text(state.run)></p>
                            <button
                                type="button"
                                class="button"
                                prop:textContent=format!("Try a tenth: {}", plain(rate))
                                on:click=retry
                            ></button>
                        </div>
                    }
                })
        }}
        {move || {
            refused
                .get()
                .map(|message| {
                    view! {
                        <p class="notice notice--bad" role="alert">
                            "This experiment cannot be run: "
                            <span prop:textContent=message></span>
                        </p>
                    }
                })
        }}
        <DiagnosisNotice />
        <TwoNetworks />
        {move || {
            no_model
                .get()
                .map(|message| {
                    view! {
                        <div class="notice">
                            <p class="muted" prop:textContent=message></p>
                            <button
                                type="button"
                                class="button button--quiet"
                                on:click=move |_| state.dismiss(FailureKind::Model)
                            >
                                "Dismiss"
                            </button>
                        </div>
                    }
                })
        }}
    }
}
