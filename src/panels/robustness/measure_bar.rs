//! The button that measures, and what comes of it.

use super::context::RobustnessContext;
use super::measurement::{cancel, measure, progress};
use super::text::{age_text, images_text};
use crate::plot::number::{percent_to_tenth, seconds};
use crate::protocol::Phase;
use crate::protocol::questions::ChangeList;
use crate::state::DataState;
use leptos::prelude::*;

/// Measure, or while it is measured the progress and Cancel.
#[component]
pub fn MeasureBar(
    /// What is measured.
    changes: ChangeList,
    /// What the button says.
    label: &'static str,
) -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let state = context.state;
    let progress = Memo::new(move |_| progress(context, changes));
    let is_measuring = Memo::new(move |_| progress.read().is_some());
    let is_loaded = move || matches!(state.data.get(), DataState::Loaded { .. });
    let text = move || match progress.get() {
        _ if !is_loaded() => "The data set is still loading.".to_owned(),
        _ if context.chosen.read().is_empty() => "Choose a run above.".to_owned(),
        Some(progress) => {
            let share = percent_to_tenth(progress.share as f32);
            let left = progress.seconds_left.map(|left| format!(" · about {} left", seconds(left))).unwrap_or_default();
            let is_training = state.run.phase() == Phase::Training;
            let slowly = if is_training { " · slower while the network trains" } else { "" };
            format!("{share} measured{left}{slowly}")
        }
        None => images_text(context, changes),
    };
    let age = move || age_text(context, changes);
    view! {
        <div class="robustness__bar" data-measuring=move || is_measuring.get().then_some("")>
            <Show
                when=move || is_measuring.get()
                fallback=move || {
                    view! {
                        <button
                            type="button"
                            class="button"
                            disabled=move || !is_loaded() || context.chosen.read().is_empty()
                            on:click=move |_| measure(context, changes)
                        >
                            {label}
                        </button>
                    }
                }
            >
                <button type="button" class="button" on:click=move |_| cancel(context, changes)>
                    "Cancel"
                </button>
                <progress
                    max="1"
                    prop:value=move || progress.get().map_or(0.0, |progress| progress.share)
                    aria-label="share of the changed images that is measured"
                ></progress>
            </Show>
            <span class="message" prop:textContent=text></span>
            <span class="message message--warn" prop:textContent=age></span>
        </div>
    }
}
