//! Which pixels speak for a digit: gradient × input, and what covering them costs.

use super::contour::contour;
use crate::components::pictures::{ColourLegend, DigitCanvas, Picture, Pointed, memo_picture, reader};
use crate::components::{Term, Unscramble, glossary};
use crate::plot::colour_map::{ColourMap, Domain};
use crate::plot::number::three_digits;
use crate::protocol::questions::Saliency;
use crate::state::{Answered, use_app_state};
use inkling_engine::explain::value_range;
use leptos::prelude::*;
use ndarray::{ArrayView3, Axis};
use std::sync::Arc;

/// Two maps over the image, for one digit.
#[component]
pub fn SaliencyMaps(
    /// The digit.
    #[prop(into)]
    class: Signal<usize>,
    /// The newest answer about it.
    answer: Signal<Option<Arc<Answered<Saliency>>>>,
    /// Whether shuffled pixels are put back.
    unscramble: Unscramble,
) -> impl IntoView {
    let state = use_app_state();
    let outline = Memo::new(move |_| {
        state.inspection.read().as_ref().map_or_else(String::new, |inspection| {
            contour(&unscramble.put_back_pixels(inspection.input()), state.run.image_size()[1])
        })
    });
    let progress = move || Some(answer.read().as_ref()?.answer.progress);
    let is_partial = move || progress().is_some_and(|(n_done, n_total)| n_done < n_total);
    view! {
        <div class="saliency" data-testid="saliency" data-digit=move || class.get()>
            <Map answer class outline unscramble half=0>
                <Term entry=glossary::GRADIENT_INPUT>"gradient × input"</Term>
            </Map>
            <Map answer class outline unscramble half=1>
                <Term entry=glossary::OCCLUSION>"covering a patch"</Term>
            </Map>
            <p class="saliency__progress" role="status">
                {move || {
                    progress()
                        .filter(|_| is_partial())
                        .map(|(n_done, n_total)| {
                            view! {
                                <progress max=n_total value=n_done aria-label="places covered"></progress>
                                " "
                                <span data-value=n_done prop:textContent=format!("{n_done} of {n_total} places covered")></span>
                            }
                        })
                }}
            </p>
        </div>
    }
}

/// One of the two halves of the answer.
#[component]
fn Map(
    answer: Signal<Option<Arc<Answered<Saliency>>>>,
    class: Signal<usize>,
    outline: Memo<String>,
    unscramble: Unscramble,
    half: usize,
    children: Children,
) -> impl IntoView {
    let [height, width] = untrack(|| use_app_state().run.image_size());
    let picture = memo_picture(move || {
        let answer = answer.read();
        let values = ArrayView3::from_shape([2, height, width], &answer.as_ref()?.answer.values).ok()?;
        let values = unscramble.put_back(values.index_axis_move(Axis(0), half).to_owned());
        let [min, max] = value_range(&values).unwrap_or_default();
        Some(Picture { values, domain: Domain::signed(min, max), colours: ColourMap::Diverging })
    });
    let name = ["gradient × input", "fall of the logit when covered"][half];
    let label = Signal::derive(move || {
        let picture = picture.read();
        let Some(picture) = picture.as_ref() else { return format!("{name} for {}, loading", class.get()) };
        let [min, max] = value_range(&picture.values).unwrap_or_default();
        format!("{name} for {}, {height}×{width}, from {} to {}", class.get(), three_digits(min), three_digits(max))
    });
    let read = reader(move |[row, column]| {
        let value = *picture.read().as_ref()?.values.get([row, column])?;
        let text = format!("{name} for {} · row {row}, column {column} · {}", class.get(), three_digits(value));
        Some(Pointed { text, value })
    });
    let domain = Signal::derive(move || picture.read().as_ref().map(|picture| picture.domain));
    view! {
        <figure class="saliency__map">
            <figcaption class="saliency__caption">{children()}</figcaption>
            <DigitCanvas picture size=[height, width] label overlay=outline read />
            <ColourLegend domain note=Signal::derive(|| "below 0: against · above 0: for".to_owned()) />
        </figure>
    }
}
