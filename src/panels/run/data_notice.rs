//! How far the loading of MNIST is, and what helps if it fails.

use super::data_retry::{pause_seconds, retry_data_by_itself};
use crate::plot::number::bytes;
use crate::protocol::FailureKind;
use crate::state::{DataState, use_app_state};
use leptos::prelude::*;

/// How much of the data set is there while it loads. Part of a line, so that nothing moves when it comes and goes.
#[component]
pub fn DataProgress() -> impl IntoView {
    let state = use_app_state();
    let loading = Memo::new(move |_| match state.data.get() {
        DataState::Loading(progress) => Some(progress),
        _ => None,
    });
    view! {
        {move || {
            loading
                .get()
                .map(|progress| {
                    let text = format!(
                        "Fetching MNIST: {} of {}",
                        bytes(progress.n_bytes),
                        bytes(progress.n_bytes_total),
                    );
                    view! {
                        <span class="data-progress">
                            <progress
                                class="data-progress__bar"
                                max=progress.n_bytes_total.to_string()
                                value=progress.n_bytes.to_string()
                                aria-label="MNIST received"
                            ></progress>
                            <span prop:textContent=text></span>
                        </span>
                    }
                })
        }}
    }
}

/// What went wrong with the data set, with a Retry.
#[component]
pub fn DataNotice() -> impl IntoView {
    let state = use_app_state();
    let n_failures = retry_data_by_itself(state);
    let failure = Memo::new(move |_| {
        let failures = state.failures.read();
        failures.iter().find(|failure| failure.kind == FailureKind::Data).map(|failure| failure.message.clone())
    });
    view! {
        {move || {
            failure
                .get()
                .map(|message| {
                    view! {
                        <div class="notice notice--bad" role="alert">
                            <p>
                                "MNIST is not there: "
                                <span prop:textContent=message></span>
                                ". Trying again in "
                                <span translate="no">{move || pause_seconds(n_failures.get())}</span>
                                " s, and when the network is back."
                            </p>
                            <button type="button" class="button" on:click=move |_| state.retry_data()>
                                "Retry"
                            </button>
                        </div>
                    }
                })
        }}
    }
}
