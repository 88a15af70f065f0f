//! A slider with stops.

use leptos::prelude::*;

/// A native slider over `0..n_stops`.
#[component]
pub fn Slider(
    /// The name, for ears.
    name: &'static str,
    /// How many stops there are.
    n_stops: usize,
    /// The stop nearest to the present value.
    #[prop(into)]
    stop: Signal<usize>,
    /// The present value in words, for ears.
    #[prop(into)]
    text: Signal<String>,
    /// Whether a run under way follows: then a stop is taken up when the slider is let go.
    #[prop(optional, into)]
    is_live: Signal<bool>,
    /// Takes up a stop.
    on_change: impl Fn(usize) + Copy + 'static,
) -> impl IntoView {
    let stop_now = stop;
    let take_up = move |typed: String| {
        if let Ok(stop) = typed.parse()
            && stop != stop_now.get_untracked()
        {
            on_change(stop);
        }
    };
    let share = move || 100.0 * stop.get() as f64 / (n_stops - 1).max(1) as f64;
    view! {
        <input
            type="range"
            class="slider"
            min="0"
            max=(n_stops - 1).to_string()
            step="1"
            aria-label=name
            aria-valuetext=move || text.get()
            style=("--share", move || format!("{}%", share()))
            prop:value=move || stop.get().to_string()
            on:input=move |event| {
                if !is_live.get_untracked() {
                    take_up(event_target_value(&event));
                }
            }
            on:change=move |event| take_up(event_target_value(&event))
        />
    }
}
