//! How far the search for misread images is, what came out, and how old that is.

use super::context::use_subject;
use super::text::{SEALED_TEXT, age_text, outcome_text, progress_text};
use crate::protocol::{ImageSet, Phase};
use leptos::prelude::*;

/// A line below the panel's heading; nothing while no search was asked for.
#[component]
pub fn SubjectNotice() -> impl IntoView {
    let context = use_subject();
    let state = context.state;
    let is_wanted = Memo::new(move |_| context.set.get().is_some() && context.filter.get().is_misread_only);
    let n_total = move || context.set.get().map_or(0, |set| state.labels.read().of(set).len());
    let n_done = move || context.predictions.read().under_way.as_ref().map(|predictions| predictions.digits.len());
    let is_under_way = Memo::new(move |_| n_done().is_some());
    let text = move || {
        let Some(set) = context.set.get() else { return String::new() };
        if context.is_sealed.get() {
            return SEALED_TEXT.to_owned();
        }
        let (predictions, class) = (context.predictions.read(), context.filter.get().class);
        let n_fitting = context.fitting.read().len();
        match (&predictions.complete, &predictions.under_way) {
            (None, None) => "The search begins when the data set and a network are there.".to_owned(),
            (None, Some(predictions)) => progress_text(set, predictions.digits.len(), n_total(), n_fitting, class),
            (Some(_), _) => outcome_text(set, n_fitting, n_total(), class),
        }
    };
    let age = Memo::new(move |_| {
        let found_at = context.predictions.read().complete.as_ref()?.n_steps;
        let n_steps = context.n_steps.get().filter(|n_steps| *n_steps != found_at)?;
        let steps_per_epoch = state.run.checked.read().steps_per_epoch();
        Some(age_text(found_at, n_steps, steps_per_epoch, is_under_way.get()))
    });
    // At rest a list is renewed automatically.
    let can_ask = move || age.read().is_some() && !is_under_way.get() && state.run.phase() == Phase::Training;
    view! {
        <Show when=move || is_wanted.get()>
            <p class="subject-notice" data-testid="subject-notice">
                <Show when=move || is_under_way.get()>
                    <progress
                        max=n_total
                        value=move || n_done().unwrap_or_default()
                        aria-label="images looked at"
                    ></progress>
                </Show>
                <span role="status" prop:textContent=text></span>
                <Show when=move || age.read().is_some()>
                    <span class="subject-notice__age" prop:textContent=move || age.get()></span>
                </Show>
                <Show when=can_ask>
                    <button type="button" class="button button--quiet" on:click=move |_| context.read_again()>
                        "Look again"
                    </button>
                </Show>
                <Show when=move || context.is_sealed.get()>
                    <button
                        type="button"
                        class="button button--quiet"
                        on:click=move |_| context.choose_set(Some(ImageSet::Train))
                    >
                        "Browse training images"
                    </button>
                </Show>
            </p>
        </Show>
    }
}
