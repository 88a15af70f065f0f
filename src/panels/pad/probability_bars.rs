//! Ten bars: how much of the network's belief goes to each digit.

use crate::plot::number::percent_to_tenth;
use leptos::prelude::*;

/// One bar a digit, with its percentage.
#[component]
pub fn ProbabilityBars(
    /// The network's outputs; none while there is nothing to read.
    #[prop(into)]
    outputs: Signal<Vec<f32>>,
    /// The digit that is read, to be marked.
    #[prop(into)]
    digit: Signal<Option<usize>>,
) -> impl IntoView {
    let bar = move |digit_idx: usize| {
        let output = Memo::new(move |_| outputs.read().get(digit_idx).copied());
        let share = move || output.get().filter(|output| output.is_finite()).unwrap_or(0.0).clamp(0.0, 1.0);
        view! {
            <li class="probability-bars__row" class:probability-bars__row--best=move || digit.get() == Some(digit_idx)>
                <span class="probability-bars__digit">{digit_idx}</span>
                <span class="probability-bars__track">
                    <span class="probability-bars__bar" style=move || format!("transform: scaleX({:.4})", share())></span>
                </span>
                <span class="probability-bars__percent">
                    {move || output.get().map_or_else(|| "–".to_owned(), percent_to_tenth)}
                </span>
            </li>
        }
    };
    view! {
        <ol class="probability-bars" aria-label="Probability of each digit">
            {(0..10).map(bar).collect_view()}
        </ol>
    }
}
