//! A slider over a few numbers.

use crate::components::fields::Slider;
use leptos::prelude::*;

/// A native slider that stops at `stops`.
#[component]
pub fn StopsSlider(
    /// The name, for ears.
    name: &'static str,
    /// The numbers, in order.
    stops: Vec<f64>,
    /// The present number.
    #[prop(into)]
    value: Signal<f64>,
    /// Takes up a number.
    on_change: impl Fn(f64) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let n_stops = stops.len();
    let stops = StoredValue::new(stops);
    view! {
        <Slider
            name
            n_stops
            stop=Signal::derive(move || stops.with_value(|stops| nearest(stops, value.get())))
            text=Signal::derive(move || value.get().to_string())
            on_change=move |stop| {
                if let Some(number) = stops.with_value(|stops| stops.get(stop).copied()) {
                    on_change(number);
                }
            }
        />
    }
}

/// The stop that is nearest to a number.
fn nearest(stops: &[f64], number: f64) -> usize {
    let distances = stops.iter().map(|stop| (stop - number).abs()).enumerate();
    distances.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(idx, _)| idx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_stop_is_shown() {
        let stops = [10.0, 20.0, 50.0];
        assert_eq!([0.0, 16.0, 30.0, 1e9].map(|number| nearest(&stops, number)), [0, 1, 1, 2]);
        assert_eq!(nearest(&[], 1.0), 0);
    }
}
