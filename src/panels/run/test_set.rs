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
                            <Term entry=glossary::TEST_ACCURACY>"test accuracy"</Term>
                            " "
                            <strong translate="no">{accuracy}</strong>
                            " · "
                            <span prop:textContent=rest></span>
                        }
                            .into_any()
                    }
                    (None, None) => {
                        view! {
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
