//! In a lecture hall the class votes by a show of hands, and the lecturer enters the counts.

use super::lesson_state::use_lesson;
use crate::components::{PresentMode, fresh_id};
use leptos::prelude::*;

/// A count for each option, in present mode alone.
#[component]
pub fn Votes(
    /// The step.
    step: String,
    /// What was voted on, as HTML.
    options: Vec<String>,
) -> impl IntoView {
    let (lesson, mode) = (use_lesson(), expect_context::<PresentMode>());
    let (step, options) = (StoredValue::new(step), StoredValue::new(options));
    let counts = move || step.with_value(|step| lesson.progress.read().votes.get(step).cloned()).unwrap_or_default();
    let count = move |option_idx: usize| counts().get(option_idx).copied().unwrap_or_default();
    let set = move |option_idx: usize, hands: u32| {
        let n_options = options.with_value(Vec::len);
        lesson.progress.update(|progress| {
            let counts = progress.votes.entry(step.get_value()).or_default();
            counts.resize(n_options, 0);
            counts[option_idx] = hands;
        });
    };
    let row = move |(option_idx, option): (usize, String)| {
        let field_id = StoredValue::new(fresh_id("hands"));
        let share = move || {
            let total: u32 = counts().iter().sum();
            100.0 * f64::from(count(option_idx)) / f64::from(total.max(1))
        };
        view! {
            <div class="votes__row">
                <label for=field_id.get_value() inner_html=option></label>
                <span class="votes__track" aria-hidden="true">
                    <span class="votes__fill" style:width=move || format!("{:.1}%", share())></span>
                </span>
                <input
                    id=field_id.get_value()
                    class="book-field votes__hands"
                    type="number"
                    min="0"
                    max="9999"
                    prop:value=move || count(option_idx).to_string()
                    on:input=move |event| set(option_idx, event_target_value(&event).parse().unwrap_or_default())
                />
            </div>
        }
    };
    view! {
        <Show when=move || mode.is_on()>
            <div class="votes" role="group" aria-label="Show of hands">
                <p class="muted">"Show of hands: how many for each?"</p>
                {options.get_value().into_iter().enumerate().map(row).collect_view()}
            </div>
        </Show>
    }
}
