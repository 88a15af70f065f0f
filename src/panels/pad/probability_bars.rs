//! A bar for each class: its probability.

use crate::plot::number::percent_to_tenth;
use crate::state::use_app_state;
use leptos::prelude::*;

/// One bar per class, with its percentage.
#[component]
pub fn ProbabilityBars(
    /// The network's outputs; none while there is nothing to read.
    #[prop(into)]
    outputs: Signal<Vec<f32>>,
    /// The digit that is read, to be marked.
    #[prop(into)]
    digit: Signal<Option<usize>>,
) -> impl IntoView {
    let names = use_app_state().run.class_names();
    let bar = move |(digit_idx, name): (usize, &&'static str)| {
        let output = Memo::new(move |_| outputs.read().get(digit_idx).copied());
        let share = move || output.get().filter(|output| output.is_finite()).unwrap_or(0.0).clamp(0.0, 1.0);
        view! {
            <li class="probability-bars__row" class:probability-bars__row--best=move || digit.get() == Some(digit_idx)>
                <span class="probability-bars__digit">{*name}</span>
                <span class="probability-bars__track">
                    <span class="probability-bars__bar" prop:style=move || format!("transform: scaleX({:.4})", share())></span>
                </span>
                <span class="probability-bars__percent">
                    {move || output.get().map_or_else(|| "–".to_owned(), percent_to_tenth)}
                </span>
            </li>
        }
    };
    view! {
        <ol class="probability-bars" translate="no" aria-label="Probability of each digit">
            {move || names.get().iter().enumerate().map(bar).collect_view()}
        </ol>
    }
}
