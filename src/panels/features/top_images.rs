//! The nine test images that excite a unit most, with the place that does it.

use crate::components::pictures::{DigitCanvas, Picture};
use crate::components::units::UnitChoice;
use crate::components::{Term, glossary, newest};
use crate::plot::number::{thousands, three_digits};
use crate::protocol::questions::{TopImage, TopSamples, TopSamplesAnswer};
use crate::protocol::{Phase, Subject};
use crate::state::{DataState, use_app_state};
use inkling_engine::experiment::{CheckedLayer, Shape};
use inkling_engine::explain::{CellIndex, receptive_fields};
use leptos::prelude::*;
use std::sync::Arc;

/// Images, places, and how far the search is.
#[component]
pub fn TopImages(
    /// The unit.
    choice: UnitChoice,
) -> impl IntoView {
    let state = use_app_state();
    let question = Memo::new(move |_| {
        let layer_idx = choice.layer.read().as_ref()?.layer_idx;
        Some(TopSamples { layer_idx, channel: choice.channel.get() })
    });
    let is_loaded = Memo::new(move |_| matches!(state.data.get(), DataState::Loaded { .. }));
    let ask = move || {
        if let Some(question) = question.get_untracked() {
            state.ask(question);
        }
    };
    // A search takes seconds: while the network trains it begins with another unit only.
    let asked = StoredValue::new(None::<TopSamples>);
    Effect::new(move |_| {
        let is_new = asked.get_value() != question.get();
        let is_training = state.run.phase() == Phase::Training;
        if is_loaded.get() && (is_new || !is_training) {
            asked.set_value(question.get());
            ask();
        }
    });
    let answer = newest(move || state.answers.top_samples.to(question.get()?));
    let progress = move || Some(answer.read().as_ref()?.answer.progress);
    let is_old = move || {
        let n_steps = state.inspection.read().as_ref().map(|inspection| inspection.n_steps);
        answer
            .read()
            .as_ref()
            .zip(n_steps)
            .filter(|(answered, n_steps)| answered.n_steps != *n_steps)
            .map(|(answered, _)| answered.n_steps)
    };
    let images = move || {
        let answer = answer.read();
        let [height, width] = state.run.image_size();
        answer.as_ref().map_or_else(Vec::new, |answered| images_of(&answered.answer, height * width))
    };
    let text = move || match (is_loaded.get(), progress()) {
        (false, _) => "The data set is still loading: the search begins when it is there.".to_owned(),
        (true, None) => "The search begins …".to_owned(),
        (true, Some((n_done, n_total))) if n_done < n_total => {
            format!("{} of {} test images looked at", thousands(n_done), thousands(n_total))
        }
        (true, Some((_, n_total))) => format!("the nine of {} test images with its largest output", thousands(n_total)),
    };
    view! {
        <section class="top-images" data-testid="top-images">
            <h3 class="evidence__title">
                <Term entry=glossary::TOP_IMAGES>"test images that excite it most"</Term>
            </h3>
            <p class="message" role="status">
                {move || {
                    progress()
                        .filter(|(n_done, n_total)| n_done < n_total)
                        .map(|(n_done, n_total)| {
                            view! {
                                <progress max=n_total value=n_done aria-label="test images looked at"></progress>
                                " "
                            }
                        })
                }} <span prop:textContent=text></span>
            </p>
            <Show when=move || is_old().is_some()>
                <p class="message message--warn">
                    <span prop:textContent=move || {
                        format!("Found after step {}; the network has learned since. ", is_old().unwrap_or_default())
                    }></span>
                    <button type="button" class="button button--quiet" on:click=move |_| ask()>
                        "Search again"
                    </button>
                </p>
            </Show>
            <ol class="top-images__list">
                // Each answer brings all nine; those that are already shown stay mounted.
                <For each=images key=|(image, _)| (image.sample_idx, image.value.to_bits(), image.cell) let:item>
                    <TopImageCanvas image=item.0 pixels=item.1 choice />
                </For>
            </ol>
        </section>
    }
}

#[component]
fn TopImageCanvas(image: TopImage, pixels: Vec<f32>, choice: UnitChoice) -> impl IntoView {
    let state = use_app_state();
    let size = untrack(|| state.run.image_size());
    let picture = Picture::of_ink(size, pixels).map(Arc::new);
    let place = Memo::new(move |_| {
        let layer_idx = choice.layer.read().as_ref()?.layer_idx;
        seen_by(state.run.checked.read().layers(), layer_idx, image.cell)
    });
    let TopImage { sample_idx, label, value, .. } = image;
    let name = move || {
        let place = place.get().map_or_else(String::new, |[top, left, bottom, right]| {
            format!(", excited by rows {top} to {}, columns {left} to {}", bottom - 1, right - 1)
        });
        format!("test image {sample_idx}, labelled {label}, output {}{place}", three_digits(value))
    };
    let overlay = move || place.get().map_or_else(String::new, box_path);
    view! {
        <li class="top-images__item" data-testid="top-image" data-sample=sample_idx data-value=value.to_string()>
            <DigitCanvas
                picture=Signal::derive(move || picture.clone())
                size
                label=Signal::derive(name)
                overlay=Signal::derive(overlay)
                class="digit-canvas--box"
            />
            <span class="top-images__figures">
                <strong>{label}</strong>
                " · "
                {three_digits(value)}
            </span>
            <button
                type="button"
                class="button button--quiet"
                aria-label=format!("Look at test image {sample_idx}")
                on:click=move |_| state.look_at(Subject::Test(sample_idx))
            >
                {format!("#{sample_idx}")}
            </button>
        </li>
    }
}

/// The images with their pixels.
fn images_of(answer: &TopSamplesAnswer, n_pixels: usize) -> Vec<(TopImage, Vec<f32>)> {
    answer.samples.iter().copied().zip(answer.values.chunks_exact(n_pixels.max(1)).map(<[f32]>::to_vec)).collect()
}

/// `[top, left, bottom, right]` of the pixels that a cell of a map sees, bottom and right exclusive. `None` for
/// the units of a vector: they see the whole image.
fn seen_by(layers: &[CheckedLayer], layer_idx: usize, cell: CellIndex) -> Option<[i32; 4]> {
    let is_map = matches!(layers.get(layer_idx)?.output_shape, Shape::Image { .. });
    let seen = receptive_fields(layers, layer_idx, cell).ok()?.first()?.clipped;
    is_map.then_some([seen.top, seen.left, seen.bottom, seen.right])
}

fn box_path([top, left, bottom, right]: [i32; 4]) -> String {
    format!("M{left} {top}H{right}V{bottom}H{left}Z")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::Preset;

    #[test]
    fn the_box_is_the_receptive_field_and_absent_for_units() {
        let checked = Preset::LessonCnn.experiment().check().unwrap();
        let cell = CellIndex { row: 4, column: 0, channel: 7 };
        assert_eq!(seen_by(checked.layers(), 3, cell), Some([16, 0, 26, 10]));
        assert_eq!(seen_by(checked.layers(), 6, CellIndex::unit(3)), None);
        assert_eq!(box_path([16, 0, 26, 10]), "M0 16H10V26H0Z");
    }
}
