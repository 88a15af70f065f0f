//! What went wrong with the page as a whole.

use super::AddressNotice;
use super::sentence::capitalised;
use crate::protocol::{Failure, FailureKind};
use crate::state::use_app_state;
use leptos::prelude::*;

/// One banner for each of: the worker is dead, page and worker don't fit, the browser lacks something, the address
/// asked for something that does not exist. All other failures are shown where they belong.
#[component]
pub fn Banners() -> impl IntoView {
    let state = use_app_state();
    let notice = expect_context::<AddressNotice>().0;
    let failures = Memo::new(move |_| {
        let failures = state.failures.read();
        let kinds = [FailureKind::Worker, FailureKind::Build, FailureKind::Browser];
        failures.iter().filter(|failure| kinds.contains(&failure.kind)).cloned().collect::<Vec<_>>()
    });
    view! {
        <div class="banners">
            <For
                each=move || failures.get()
                key=|failure| (failure.kind as u8, failure.message.clone())
                children=|failure| view! { <Banner failure /> }
            />
            {move || {
                notice
                    .get()
                    .map(|message| {
                        view! {
                            <div class="banner banner--warn" role="alert">
                                <p prop:textContent=message></p>
                                <button type="button" class="button" on:click=move |_| notice.set(None)>
                                    "Dismiss"
                                </button>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

#[component]
fn Banner(failure: Failure) -> impl IntoView {
    let state = use_app_state();
    let reload = |_| {
        // A page that may not reload itself still has the browser's button.
        let _ = window().location().reload();
    };
    let help = match failure.kind {
        FailureKind::Worker => {
            view! { <button type="button" class="button" on:click=move |_| state.start_worker()>"Restart"</button> }
                .into_any()
        }
        FailureKind::Build => {
            view! { <button type="button" class="button" on:click=reload>"Reload"</button> }.into_any()
        }
        _ => ().into_any(),
    };
    let message = failure.message;
    view! {
        <div class="banner banner--bad" role="alert">
            <p>{capitalised(&message)}</p>
            {help}
        </div>
    }
}
