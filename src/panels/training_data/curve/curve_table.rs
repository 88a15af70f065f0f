//! The curve in numbers.

use crate::plot::number::{percent, thousands};
use crate::protocol::questions::LearningCurveAnswer;
use leptos::prelude::*;
use std::sync::Arc;

/// A row for each size.
#[component]
pub fn CurveTable(
    /// What is known.
    answer: Memo<Option<Arc<LearningCurveAnswer>>>,
) -> impl IntoView {
    let row = |size_idx: usize, size: usize, answer: &LearningCurveAnswer| {
        let point = answer.points.get(size_idx).copied();
        let cell = |text: Option<String>| view! { <td>{text.unwrap_or_else(|| "–".to_owned())}</td> };
        view! {
            <tr data-testid=point.map(|_| "curve-point")>
                <th scope="row">{thousands(size)}</th>
                {cell(point.map(|point| percent(point.accuracy)))}
                {cell(point.and_then(|point| point.val_accuracy).map(percent))}
                {cell(point.map(|point| thousands(point.epochs)))}
                {cell(point.map(|point| thousands(point.n_steps)))}
            </tr>
        }
    };
    let rows = move || {
        let answer = answer.read();
        let answer = answer.as_ref()?;
        Some(answer.sizes.iter().enumerate().map(|(size_idx, size)| row(size_idx, *size, answer)).collect_view())
    };
    view! {
        <table class="table learning-curve__table" translate="no">
            <thead>
                <tr>
                    <th scope="col">"images"</th>
                    <th scope="col">"accuracy"</th>
                    <th scope="col">"val_accuracy"</th>
                    <th scope="col">"epochs"</th>
                    <th scope="col">"updates"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
