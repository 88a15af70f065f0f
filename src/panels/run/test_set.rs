//! The sealed test set.

use crate::components::glossary;
use crate::components::{Term, network_age};
use crate::plot::number::{percent, thousands};
use crate::protocol::Phase;
use crate::state::{DataState, use_app_state};
use leptos::prelude::*;

/// The button that opens it, and what came out.
#[component]
pub fn TestSet() -> impl IntoView {
    let state = use_app_state();
    let run = state.run;
    let can_evaluate = Memo::new(move |_| {
        let is_loaded = matches!(state.data.get(), DataState::Loaded { .. });
        let is_busy = matches!(run.phase(), Phase::Training | Phase::Loading) || run.evaluating.read().is_some();
        let has_test_set = run.checked.read().data().n_test > 0;
        is_loaded && has_test_set && !is_busy && state.machine.read().is_some() && run.id.get() > 0
    });
    let accuracy = move || run.test_accuracy().map(|accuracy| accuracy.to_string());
    let result = Memo::new(move |_| {
        run.evaluation.read().as_ref().map(|evaluation| {
            let n_wrong = evaluation.wrong.len();
            let when = network_age(evaluation.n_steps, run.checked.read().steps_per_epoch());
            let rest = format!("{} wrong of {}, {when}", thousands(n_wrong), thousands(evaluation.n_samples));
            if evaluation.loss.is_finite() {
                (percent(evaluation.accuracy), rest)
            } else {
                ("none".to_owned(), format!("the network's outputs are not numbers, {when}"))
            }
        })
    });
    let gap = Memo::new(move |_| {
        let evaluation = run.evaluation.read();
        let evaluation = evaluation.as_ref().filter(|_| !run.weight_edits.read().is_edited())?;
        // Both figures have to be of one network.
        let steps_per_epoch = run.checked.read().steps_per_epoch();
        let epochs = run.epochs.read();
        let record = epochs.iter().find(|record| record.epoch * steps_per_epoch == evaluation.n_steps)?;
        let n_validation = run.checked.read().n_validation();
        Some(gap_text((evaluation.accuracy, evaluation.n_samples), (record.val_accuracy?, n_validation)))
    });
    view! {
        <div class="test-set">
            <button
                type="button"
                class="button"
                disabled=move || !can_evaluate.get()
                on:click=move |_| state.evaluate()
            >
                "Evaluate on test set"
            </button>
            <p class="test-set__result" data-testid="test-result" data-accuracy=accuracy>
                {move || match (run.evaluating.get(), result.get()) {
                    (Some((n_done, n_total)), _) => {
                        let text = format!("{} of {} images", thousands(n_done), thousands(n_total));
                        view! { <span prop:textContent=text></span> }.into_any()
                    }
                    (None, Some((accuracy, rest))) => {
                        view! {
                            <Envelope is_open=true />
                            <Term entry=glossary::TEST_ACCURACY>"test accuracy"</Term>
                            " "
                            <strong translate="no">{accuracy}</strong>
                            " · "
                            <span prop:textContent=rest></span>
                            <span data-testid="test-gap" prop:textContent=move || gap.get()></span>
                            <span data-testid="openings" prop:textContent=move || openings_text(state.openings.get())></span>
                        }
                            .into_any()
                    }
                    (None, None) => {
                        view! {
                            <Envelope is_open=false />
                            "Sealed "
                            <Term entry=glossary::TEST_SET>"test set"</Term>
                            ". Open it once, after your last choice."
                        }
                            .into_any()
                    }
                }}
            </p>
        </div>
    }
}

/// An envelope, closed or open.
#[component]
fn Envelope(is_open: bool) -> impl IntoView {
    let flap = if is_open { "M1 6 L10 1 L19 6" } else { "M1 6 L10 12 L19 6" };
    view! {
        <svg class="envelope" viewBox="0 0 20 19" aria-hidden="true">
            <path d="M1 6 H19 V18 H1 Z"></path>
            <path d=flap></path>
        </svg>
        " "
    }
}

/// How far the test accuracy lies from the validation accuracy, each a share of so many images, beside what chance alone does
/// to their difference: its standard error, `√(p (1 − p) / n)` of each added in squares.
fn gap_text((test, n_test): (f64, usize), (validation, n_validation): (f64, usize)) -> String {
    let points = (test - validation) * 100.0;
    let variance = |share: f64, n: usize| share * (1.0 - share) / n.max(1) as f64;
    let by_chance = 100.0 * (variance(test, n_test) + variance(validation, n_validation)).sqrt();
    let side = if points < 0.0 { "below" } else { "above" };
    format!(" · {:.2} points {side} validation (± {by_chance:.2} by chance)", points.abs())
}

/// What many looks at the test set do to it.
fn openings_text(n: usize) -> String {
    if n < 2 {
        return String::new();
    }
    format!(" · opened {n} times: choices made after a look are fitted to it, so it says less each time")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gap_has_a_side_and_a_measure() {
        let text = gap_text((0.96, 10_000), (0.97, 6_000));
        assert_eq!(text, " · 1.00 points below validation (± 0.29 by chance)");
        assert!(gap_text((0.99, 0), (0.98, 0)).contains("above"));
    }

    #[test]
    fn only_repeated_looks_are_told() {
        assert_eq!(openings_text(1), "");
        assert!(openings_text(3).contains("opened 3 times"));
    }
}
