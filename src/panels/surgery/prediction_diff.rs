//! What the network says of the present image, before and after the edits.

use super::context::SurgeryContext;
use crate::components::{most_probable, subject_name};
use crate::plot::number::percent_to_tenth;
use crate::protocol::questions::ComparisonAnswer;
use leptos::prelude::*;

/// The prediction before and after in large type, and all ten outputs.
#[component]
pub fn PredictionDiff() -> impl IntoView {
    let context = expect_context::<SurgeryContext>();
    let state = context.state;
    let outputs = Memo::new(move |_| {
        let ComparisonAnswer { before, after } = &state.answers.comparison.newest()?.answer;
        Some((before.clone(), after.clone()))
    });
    let before = Memo::new(move |_| outputs.read().as_ref().and_then(|(before, _)| before.clone()));
    let after = Memo::new(move |_| outputs.read().as_ref().map(|(_, after)| after.clone()));
    let prediction = |outputs: Memo<Option<Vec<f32>>>| {
        Memo::new(move |_| {
            let outputs = outputs.read();
            let digit = most_probable(outputs.as_ref()?)?;
            Some((digit, *outputs.as_ref()?.get(digit)?))
        })
    };
    let (prediction_before, prediction_after) = (prediction(before), prediction(after));
    let n_outputs = Memo::new(move |_| after.read().as_ref().map_or(0, Vec::len));
    view! {
        <section
            class="prediction-diff"
            data-testid="outlook"
            data-before=move || prediction_before.get().map(|(_, share)| share.to_string())
            data-after=move || prediction_after.get().map(|(_, share)| share.to_string())
            data-digit=move || prediction_after.get().map(|(digit, _)| digit.to_string())
        >
            <h3 class="surgery__title" prop:textContent=move || format!("what it reads in {}", subject_name(state.subject.get()))></h3>
            <p class="prediction-diff__readings" translate="no">
                {move || {
                    prediction_before
                        .get()
                        .map(|prediction| {
                            view! {
                                <PredictedDigit prediction caption="before" />
                                <span class="prediction-diff__arrow" aria-hidden="true">
                                    "→"
                                </span>
                            }
                        })
                }}
                {move || {
                    let caption = if prediction_before.get().is_some() { "after" } else { "no edits" };
                    prediction_after.get().map(|prediction| view! { <PredictedDigit prediction caption /> })
                }}
            </p>
            <Show when=move || after.read().is_some() && prediction_after.get().is_none()>
                <p class="message message--warn">"The outputs are not numbers any more."</p>
            </Show>
            <ol class="prediction-diff__rows" translate="no" aria-label="Output for each digit, before and after">
                {move || (0..n_outputs.get()).map(|digit| view! { <Row digit before after /> }).collect_view()}
            </ol>
        </section>
    }
}

#[component]
fn PredictedDigit(prediction: (usize, f32), caption: &'static str) -> impl IntoView {
    let (digit, share) = prediction;
    view! {
        <span class="prediction-diff__reading">
            <span class="prediction-diff__caption">{caption}</span>
            <strong class="prediction-diff__digit">{digit}</strong>
            <span>{percent_to_tenth(share)}</span>
        </span>
    }
}

/// A digit: its share now as a bar, its share before as a mark.
#[component]
fn Row(digit: usize, before: Memo<Option<Vec<f32>>>, after: Memo<Option<Vec<f32>>>) -> impl IntoView {
    let share = move |outputs: Memo<Option<Vec<f32>>>| {
        Memo::new(move |_| outputs.read().as_ref().and_then(|outputs| outputs.get(digit).copied()))
    };
    let (before, after) = (share(before), share(after));
    let place = |share: f32| if share.is_finite() { 100.0 * share.clamp(0.0, 1.0) } else { 0.0 };
    let text = move || {
        let after = after.get().map_or_else(|| "–".to_owned(), percent_to_tenth);
        match before.get() {
            Some(before) => format!("{} → {after}", percent_to_tenth(before)),
            None => after,
        }
    };
    view! {
        <li
            class="prediction-diff__row"
            data-testid="outlook-row"
            data-digit=digit
            data-before=move || before.get().map(|share| share.to_string())
            data-after=move || after.get().map(|share| share.to_string())
        >
            <span>{digit}</span>
            <span class="prediction-diff__track" aria-hidden="true">
                <span class="prediction-diff__bar" prop:style=move || format!("width: {:.2}%", place(after.get().unwrap_or(0.0)))></span>
                {move || {
                    before
                        .get()
                        .map(|before| view! { <span class="prediction-diff__mark" prop:style=format!("left: {:.2}%", place(before))></span> })
                }}
            </span>
            <span class="prediction-diff__text">{text}</span>
        </li>
    }
}
