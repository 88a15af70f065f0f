//! One line of a sum: what, how much as a bar from the middle, and the number.

use super::number::Number;
use leptos::prelude::*;

/// A part of a sum, `data-testid=probe-term`.
#[component]
pub fn SumLine(
    /// What it adds.
    #[prop(into)]
    value: Signal<f32>,
    /// How that is written.
    #[prop(into)]
    text: Signal<String>,
    /// The largest part of the sum, which fills half of the bar's track.
    #[prop(into)]
    reach: Signal<f32>,
    /// Where it comes from.
    children: Children,
) -> impl IntoView {
    let style = move || {
        let share = value.get().abs() / reach.get();
        let half = if share.is_finite() { 50.0 * share.min(1.0) } else { 0.0 };
        let left = if value.get() < 0.0 { 50.0 - half } else { 50.0 };
        format!("left: {left:.2}%; width: {half:.2}%")
    };
    view! {
        <li class="sum-line">
            <span class="sum-line__name">{children()}</span>
            <span class="sum-line__track" aria-hidden="true">
                <span class="sum-line__bar" class:sum-line__bar--negative=move || value.get() < 0.0 prop:style=style></span>
            </span>
            <Number value text test_id="probe-term" />
        </li>
    }
}
