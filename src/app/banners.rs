//! What went wrong with the page as a whole.

use super::AddressNotice;
use super::sentence::capitalised;
use crate::protocol::{Failure, FailureKind};
use crate::state::Places;
use leptos::prelude::*;

/// One banner for each of: the worker is dead or lacks a part, page and worker don't fit, the browser lacks something, the address
/// asked for something that does not exist. All other failures are shown where they belong.
#[component]
pub fn Banners() -> impl IntoView {
    let places = expect_context::<Places>();
    let notice = expect_context::<AddressNotice>().0;
    let failures = Memo::new(move |_| {
        let failures = places.present().0.failures.read();
        let kinds =
            [FailureKind::Worker, FailureKind::Silence, FailureKind::Part, FailureKind::Build, FailureKind::Browser];
        failures.iter().filter(|failure| kinds.contains(&failure.kind)).cloned().collect::<Vec<_>>()
    });
    view! {
        <div class="banners">
            <For
                each=move || failures.get()
                key=move |failure| (places.open.get_untracked() as u8, failure.kind as u8, failure.message.clone())
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
    let state = untrack(|| expect_context::<Places>().present().0);
    let reload = |_| {
        // A page that may not reload itself still has the browser's button.
        let _ = window().location().reload();
    };
    let mut message = failure.message;
    let help = match failure.kind {
        FailureKind::Worker | FailureKind::Silence => {
            message += &what_restart_does(state.restart_epoch(), state.run.progress.read_untracked().epoch);
            view! { <button type="button" class="button" on:click=move |_| state.start_worker()>"Restart"</button> }
                .into_any()
        }
        FailureKind::Part => {
            view! { <button type="button" class="button" on:click=move |_| state.retry_part()>"Try again"</button> }
                .into_any()
        }
        FailureKind::Build => {
            view! { <button type="button" class="button" on:click=reload>"Reload"</button> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <div class="banner banner--bad" role="alert">
            <p>{capitalised(&message)}</p>
            {help}
        </div>
    }
}

/// What becomes of a run that is in epoch `epoch`, if the weights after `kept_epoch` are here.
fn what_restart_does(kept_epoch: usize, epoch: usize) -> String {
    match (kept_epoch, epoch) {
        (0, 0) => String::new(),
        (0, _) => ". No epoch had ended: Restart begins anew.".to_owned(),
        _ => format!(". Restart goes on from the weights of epoch {kept_epoch}, with a fresh optimizer."),
    }
}

#[cfg(test)]
mod tests {
    use super::what_restart_does;

    #[test]
    fn restart_says_which_weights_come_back() {
        assert_eq!(what_restart_does(0, 0), "", "nothing is lost");
        assert!(what_restart_does(0, 1).contains("begins anew"));
        assert!(what_restart_does(5, 6).contains("weights of epoch 5"));
    }
}
