//! A number that can be typed, with a step to each side.

use super::while_mounted;
use leptos::prelude::*;

/// One of `n` things by its number; the steps go round.
#[component]
pub fn NumberStepper(
    /// Index of what is chosen, from 0.
    #[prop(into)]
    idx: Signal<usize>,
    /// How many there are.
    #[prop(into)]
    n: Signal<usize>,
    /// What is stepped, for the names of the buttons: `unit`.
    step_name: &'static str,
    /// The field's name, for those who cannot see it.
    #[prop(into)]
    field_name: Signal<String>,
    /// Called with another index.
    on_choose: Callback<usize>,
    /// What is shown before it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let step = move |by: isize| {
        let n = n.get_untracked().max(1) as isize;
        on_choose.run((idx.get_untracked() as isize + by).rem_euclid(n) as usize);
    };
    // The field shows what is chosen, whatever was typed.
    let n_typed = RwSignal::new(0_u32);
    let type_in = move |event| {
        let typed = event_target_value(&event).trim().parse::<usize>().ok();
        if let Some(idx) = typed.filter(|idx| *idx < n.get_untracked()) {
            on_choose.run(idx);
        }
        n_typed.update(|n_typed| *n_typed += 1);
    };
    view! {
        <span class="stepper">
            {children.map(|children| children())}
            <button
                type="button"
                class="button button--quiet button--icon"
                aria-label=format!("Previous {step_name}")
                on:click=move |_| step(-1)
            >
                "‹"
            </button>
            <input
                class="stepper__number"
                type="number"
                min="0"
                max=move || n.get() - 1
                aria-label=move || field_name.get()
                prop:value=move || {
                    n_typed.track();
                    idx.get().to_string()
                }
                on:change=while_mounted(type_in)
            />
            <button
                type="button"
                class="button button--quiet button--icon"
                aria-label=format!("Next {step_name}")
                on:click=move |_| step(1)
            >
                "›"
            </button>
            <span class="muted" translate="no">{move || format!("of 0–{}", n.get() - 1)}</span>
        </span>
    }
}
