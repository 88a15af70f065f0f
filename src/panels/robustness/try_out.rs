//! The present image, moved, turned and made noisy by the learner.

use super::context::RobustnessContext;
use super::try_answers::TryAnswers;
use super::try_picture::TryPicture;
use crate::components::fields::Slider;
use crate::components::subject_name;
use crate::protocol::questions::{ChangedSubject, SHIFT_REACH};
use leptos::prelude::*;

/// Greatest angle of the slider, in degrees.
const MAX_DEGREES: i32 = 90;
/// Degrees from stop to stop.
const DEGREES_STEP: i32 = 5;
/// Greatest noise of the slider, in hundredths.
const MAX_NOISE: u32 = 60;
/// Hundredths from stop to stop.
const NOISE_STEP: u32 = 5;

/// The picture, its sliders, and what each chosen run reads in it.
#[component]
pub fn TryOut() -> impl IntoView {
    let context = expect_context::<RobustnessContext>();
    let change = context.change;
    let edit = move |edit: fn(&mut ChangedSubject, i32), value: i32| change.update(|change| edit(change, value));
    let n_shifts = (2 * SHIFT_REACH + 1).unsigned_abs() as usize;
    let n_angles = (2 * MAX_DEGREES / DEGREES_STEP + 1).unsigned_abs() as usize;
    let n_noises = (MAX_NOISE / NOISE_STEP + 1) as usize;
    let stop = move |value: fn(ChangedSubject) -> i32| {
        Signal::derive(move || value(change.get()).max(0).unsigned_abs() as usize)
    };
    view! {
        <section class="robustness__section try-out" aria-label="Try it" data-testid="try-out">
            <h3 class="robustness__title" prop:textContent=move || format!("Try it on {}", subject_name(context.state.subject.get()))></h3>
            <div class="try-out__columns">
                <TryPicture />
                <div class="try-out__sliders">
                    <SliderRow
                        name="moved right"
                        n_stops=n_shifts
                        stop=stop(|change| change.dx + SHIFT_REACH)
                        text=Signal::derive(move || format!("{} px", signed(change.get().dx)))
                        on_change=Callback::new(move |stop: usize| edit(|change, dx| change.dx = dx, stop as i32 - SHIFT_REACH))
                    />
                    <SliderRow
                        name="moved down"
                        n_stops=n_shifts
                        stop=stop(|change| change.dy + SHIFT_REACH)
                        text=Signal::derive(move || format!("{} px", signed(change.get().dy)))
                        on_change=Callback::new(move |stop: usize| edit(|change, dy| change.dy = dy, stop as i32 - SHIFT_REACH))
                    />
                    <SliderRow
                        name="turned"
                        n_stops=n_angles
                        stop=stop(|change| (change.degrees + MAX_DEGREES) / DEGREES_STEP)
                        text=Signal::derive(move || format!("{}°", signed(change.get().degrees)))
                        on_change=Callback::new(move |stop: usize| {
                            edit(|change, degrees| change.degrees = degrees, stop as i32 * DEGREES_STEP - MAX_DEGREES);
                        })
                    />
                    <SliderRow
                        name="noise"
                        n_stops=n_noises
                        stop=stop(|change| (change.noise_percent / NOISE_STEP).cast_signed())
                        text=Signal::derive(move || format!("{:.2}", f64::from(change.get().noise_percent) / 100.0))
                        on_change=Callback::new(move |stop: usize| {
                            edit(|change, noise| change.noise_percent = noise.unsigned_abs(), stop as i32 * NOISE_STEP.cast_signed());
                        })
                    />
                    <button
                        type="button"
                        class="button"
                        disabled=move || change.get() == ChangedSubject::default()
                        on:click=move |_| change.set(ChangedSubject::default())
                    >
                        "Undo the changes"
                    </button>
                </div>
                <TryAnswers />
            </div>
        </section>
    }
}

/// A slider with its name and value.
#[component]
fn SliderRow(
    name: &'static str,
    n_stops: usize,
    stop: Signal<usize>,
    text: Signal<String>,
    on_change: Callback<usize>,
) -> impl IntoView {
    view! {
        <div class="try-out__slider">
            <span aria-hidden="true">{name}</span>
            <Slider name n_stops stop text on_change=move |stop| on_change.run(stop) />
            <span class="try-out__value" translate="no" aria-hidden="true">{move || text.get()}</span>
        </div>
    }
}

/// A number with a true minus sign.
fn signed(value: i32) -> String {
    if value < 0 { format!("−{}", -value) } else { value.to_string() }
}
