//! Why the run ended, and what the next press of Train will do.

use super::text::{a_tenth, why_it_ended};
use crate::plot::number::plain;
use crate::protocol::{FailureKind, Phase};
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
    let has_begun = move || state.run.progress.read().epoch > 0 || state.run.phase() != Phase::Idle;
    let is_edited = Memo::new(move |_| has_begun() && state.is_edited() && state.checked.read().is_ok());
    let message_of = move |kind: FailureKind| {
        let failures = state.failures.read();
        failures.iter().find(|failure| failure.kind == kind).map(|failure| failure.message.clone())
    };
    let refused = Memo::new(move |_| message_of(FailureKind::Experiment));
    let no_model = Memo::new(move |_| message_of(FailureKind::Model));
    view! {
        {move || {
            reason
                .read()
                .as_ref()
                .and_then(why_it_ended)
                .map(|text| {
                    view! {
                        <div class="notice" class:notice--bad=move || smaller_rate.get().is_some()>
                            <p>{text}</p>
                            {move || {
                                smaller_rate
                                    .get()
                                    .map(|rate| {
                                        let retry = move |_| {
                                            editor.edit(|experiment| experiment.training.learning_rate = rate);
                                            state.train();
                                        };
                                        view! {
                                            <button type="button" class="button" on:click=retry>
                                                {format!("Try a tenth: {}", plain(rate))}
                                            </button>
                                        }
                                    })
                            }}
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
                            {message}
                        </p>
                    }
                })
        }}
        <Show when=move || is_edited.get()>
            <p class="notice">"Edited: Train starts a new run; the present one goes into the table."</p>
        </Show>
        {move || {
            no_model
                .get()
                .map(|message| {
                    view! {
                        <div class="notice">
                            <p class="muted">{message}</p>
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
