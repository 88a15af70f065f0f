//! How many images there are of each digit, as bars; a bar chooses its digit.

use super::super::context::use_training_data;
use crate::plot::number::thousands;
use crate::state::use_app_state;
use leptos::prelude::*;

/// A button for each digit with a bar, and one for all of them.
#[component]
pub fn ClassFilter(
    /// Images of each digit.
    counts: Memo<Vec<usize>>,
) -> impl IntoView {
    let browsed = use_training_data().browsed;
    let names = use_app_state().run.class_names();
    let choose = move |class: Option<u8>| {
        browsed.page.set(0);
        browsed.class.set(class);
    };
    let count = move |class: usize| counts.read().get(class).copied().unwrap_or_default();
    let bar = move |(class, name): (usize, &&'static str)| {
        let name = *name;
        let share = move || {
            let largest = counts.read().iter().copied().max().unwrap_or_default().max(1);
            100.0 * count(class) as f64 / largest as f64
        };
        let is_chosen = move || browsed.class.get() == Some(class as u8);
        view! {
            <button
                type="button"
                class="class-bar"
                aria-pressed=move || is_chosen().to_string()
                data-count=move || count(class).to_string()
                on:click=move |_| choose((!is_chosen()).then_some(class as u8))
            >
                <span class="class-bar__name">{name}</span>
                <span class="visually-hidden">": "</span>
                <span class="class-bar__track" aria-hidden="true">
                    <span class="class-bar__fill" style:width=move || format!("{:.1}%", share())></span>
                </span>
                <span class="class-bar__count" translate="no" prop:textContent=move || thousands(count(class))></span>
                <span class="visually-hidden">" images"</span>
            </button>
        }
    };
    view! {
        <div class="class-filter" role="group" aria-label="Images of each digit">
            <div class="class-filter__head">
                <span class="muted">"Images of each digit"</span>
                <button
                    type="button"
                    class="button button--quiet"
                    prop:disabled=move || browsed.class.read().is_none()
                    on:click=move |_| choose(None)
                >
                    "Any digit"
                </button>
            </div>
            {move || names.get().iter().enumerate().map(bar).collect_view()}
        </div>
    }
}
