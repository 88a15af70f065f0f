//! When the network should say that it does not know, and what that costs.

use super::coverage::{Answer, coverage};
use crate::components::fields::{Slider, SwitchField};
use crate::components::{Term, glossary};
use crate::plot::number::percent;
use crate::state::{ENTROPY_LIMIT, use_app_state};
use leptos::prelude::*;
use std::sync::Arc;

/// Thresholds of the slider, in nats: from certainty to the entropy of ten equal probabilities.
const LIMITS: [f64; 16] = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1.0, 1.3, 1.7, 2.3];

/// A switch, a slider, and what comes of it.
#[component]
pub fn ThresholdField(
    /// The judged images.
    answers: Memo<Arc<Vec<Answer>>>,
) -> impl IntoView {
    let state = use_app_state();
    let limit = state.entropy_limit;
    let text = move || {
        let found = coverage(&answers.get(), limit.get())?;
        Some(match limit.get() {
            None => format!("Every image gets an answer, and {} of the answers are right.", percent(found.right)),
            Some(_) => format!(
                "{} of the images get an answer, and {} of these answers are right (of all images {}).",
                percent(found.answered),
                percent(found.right),
                percent(found.right_of_all)
            ),
        })
    };
    let answered = move || coverage(&answers.get(), limit.get()).map(|found| found.answered.to_string());
    view! {
        <div class="threshold" data-testid="threshold" data-answered=answered>
            <SwitchField
                label="Say “not sure” instead of a doubtful digit"
                value=Signal::derive(move || limit.read().is_some())
                on_change=move |is_on| limit.set(is_on.then_some(ENTROPY_LIMIT))
            />
            <Show when=move || limit.read().is_some()>
                <p class="temperature__line">
                    "Not sure above an "
                    <Term entry=glossary::ENTROPY>"entropy"</Term>
                    " of "
                    <strong translate="no" prop:textContent=move || {
                        format!("{:.2} nats", limit.get().unwrap_or_default())
                    }></strong>
                </p>
                <Slider
                    name="Entropy above which the network is not sure"
                    n_stops=LIMITS.len()
                    stop=Signal::derive(move || stop_of(limit.get().unwrap_or(ENTROPY_LIMIT)))
                    text=Signal::derive(move || format!("{:.2} nats", limit.get().unwrap_or_default()))
                    on_change=move |stop| limit.set(LIMITS.get(stop).copied().or(Some(ENTROPY_LIMIT)))
                />
            </Show>
            <p class="confidence__text" role="status" prop:textContent=move || text().unwrap_or_default()></p>
            <p class="confidence__text">
                "The drawing pad goes by it, too. It is also not sure if the image is "
                <Term entry=glossary::UNFAMILIAR>"unlike"</Term>
                " those that it was trained on, or if the ink falls into two shapes side by side."
            </p>
        </div>
    }
}

fn stop_of(limit: f64) -> usize {
    LIMITS.partition_point(|stop| *stop < limit).min(LIMITS.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_limit_is_a_stop() {
        assert_eq!(LIMITS[stop_of(ENTROPY_LIMIT)], ENTROPY_LIMIT);
        assert!(LIMITS.is_sorted());
        assert_eq!(stop_of(9.0), LIMITS.len() - 1);
    }
}
