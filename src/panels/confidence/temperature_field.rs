//! The temperature: the one that fits best, or another to try.

use super::calibration_text::verdict;
use crate::components::fields::Slider;
use crate::components::{Term, glossary};
use crate::plot::number::thousands;
use crate::state::use_app_state;
use leptos::prelude::*;

/// Stops of the slider: from 1/4 to 4, each 5.7 % more than the one before.
const N_STOPS: usize = 51;
/// The largest temperature of the slider, and one over the smallest.
const REACH: f64 = 4.0;

/// A slider, the value, and what it means.
#[component]
pub fn TemperatureField() -> impl IntoView {
    let state = use_app_state();
    let fitted = Memo::new(move |_| {
        let found = state.answers.calibration.newest()?;
        found.answer.is_complete().then(|| (found.answer.temperature, found.answer.n_images))
    });
    let temperature = Memo::new(move |_| state.temperature());
    let text = move || match fitted.get() {
        Some((fitted, n_images)) => {
            format!(
                "Best temperature, found on {} validation images: {fitted:.2}. {}",
                thousands(n_images),
                verdict(fitted)
            )
        }
        None => "The best temperature is looked for while the network rests.".to_owned(),
    };
    view! {
        <div class="temperature">
            <p class="temperature__line">
                <Term entry=glossary::TEMPERATURE>"temperature"</Term>
                " "
                <strong translate="no" prop:textContent=move || format!("{:.2}", temperature.get())></strong>
                <Show when=move || state.tried_temperature.read().is_some()>
                    <button
                        type="button"
                        class="button button--quiet"
                        on:click=move |_| state.tried_temperature.set(None)
                    >
                        "Back to the best one"
                    </button>
                </Show>
                <Show when=move || state.tried_temperature.get() != Some(1.0)>
                    <button
                        type="button"
                        class="button button--quiet"
                        on:click=move |_| state.tried_temperature.set(Some(1.0))
                    >
                        "As trained (1.00)"
                    </button>
                </Show>
            </p>
            <Slider
                name="Temperature"
                n_stops=N_STOPS
                stop=Signal::derive(move || stop_of(temperature.get()))
                text=Signal::derive(move || format!("{:.2}", temperature.get()))
                on_change=move |stop| state.tried_temperature.set(Some(temperature_at(stop)))
            />
            <p class="confidence__text" data-testid="temperature" data-temperature=move || {
                fitted.get().map(|(fitted, _)| fitted.to_string())
            } prop:textContent=text></p>
        </div>
    }
}

fn temperature_at(stop: usize) -> f64 {
    REACH.powf(2.0 * stop as f64 / (N_STOPS - 1) as f64 - 1.0)
}

fn stop_of(temperature: f64) -> usize {
    let share = (temperature.ln() / REACH.ln() + 1.0) / 2.0;
    (share.clamp(0.0, 1.0) * (N_STOPS - 1) as f64).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_and_temperatures_belong_together() {
        assert!((0..N_STOPS).all(|stop| stop_of(temperature_at(stop)) == stop));
        assert!((temperature_at(N_STOPS / 2) - 1.0).abs() < 1e-12, "the middle changes nothing");
        assert_eq!((stop_of(0.01), stop_of(100.0)), (0, N_STOPS - 1));
    }
}
