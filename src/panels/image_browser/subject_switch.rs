//! Which image runs through the network: the drawing, or one of MNIST's.

use super::context::use_subject;
use super::filter_switch::FilterSwitch;
use super::image_filter::ImageFilter;
use super::text::prediction_text;
use crate::components::{most_probable, while_mounted};
use crate::plot::number::thousands;
use crate::protocol::ImageSet;
use crate::state::DataState;
use leptos::prelude::*;

/// A menu of the three sources and, for MNIST's images, a filter and the way from one to the next.
#[component]
pub fn SubjectSwitch() -> impl IntoView {
    let context = use_subject();
    let state = context.state;
    let source = move || Source(context.set.get());
    let choose = move |event| {
        let word = event_target_value(&event);
        if let Some(source) = Source::ALL.into_iter().find(|source| source.as_str() == word) {
            context.choose_set(source.0);
        }
    };
    let is_loaded = move || matches!(state.data.get(), DataState::Loaded { .. });
    view! {
        <div class="subject-switch" role="group" aria-label="Image that runs through the network">
            <select class="select" aria-label="Source of the image" prop:value=move || source().as_str() on:change=choose>
                {Source::ALL
                    .map(|source| {
                        view! {
                            <option
                                value=source.as_str()
                                prop:disabled=move || source != Source::DRAWING && !is_loaded()
                            >
                                {source.as_str()}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <Show when=move || context.set.get().is_some()>
                <FilterSwitch />
                <ImageStepper />
                <Truth />
            </Show>
        </div>
    }
}

/// Back, the image's number or its place among those that pass the filter, and on.
#[component]
fn ImageStepper() -> impl IntoView {
    let context = use_subject();
    let is_filtered = Memo::new(move |_| context.filter.get() != ImageFilter::default());
    let n = move || context.fitting.read().len();
    let is_stuck = move || n() == 0;
    // Images are numbered from 0, as in MNIST's files; places from 1.
    let shown = move || {
        let place = context.fitting.read().place_of(context.image_idx.get());
        match (is_filtered.get(), place) {
            (false, _) => context.image_idx.get().to_string(),
            (true, Some(place)) => (place + 1).to_string(),
            (true, None) => String::new(),
        }
    };
    let type_in = move |event: web_sys::Event| {
        let number = event_target_value(&event).trim().parse::<usize>().ok();
        let place = number.and_then(|number| number.checked_sub(usize::from(is_filtered.get_untracked())));
        match place.and_then(|place| context.fitting.read_untracked().image_at(place)) {
            Some(image_idx) => context.go(image_idx),
            // The field shows again what is looked at.
            None => context.state.subject.notify(),
        }
    };
    let label = move || match (is_filtered.get(), n()) {
        (true, n) => format!("Place among the images that fit, 1 to {n}"),
        (false, n) => format!("Number of the image, 0 to {}", n.saturating_sub(1)),
    };
    let min = move || usize::from(is_filtered.get()).to_string();
    let max = move || (n() + usize::from(is_filtered.get())).saturating_sub(1).to_string();
    view! {
        <span class="stepper">
            <button
                type="button"
                class="button button--plain button--icon"
                aria-label="Previous image"
                prop:disabled=is_stuck
                on:click=move |_| context.step(true)
            >
                "‹"
            </button>
            <input
                class="stepper__number"
                type="number"
                min=min
                max=max
                aria-label=label
                placeholder="–"
                prop:disabled=is_stuck
                prop:value=move || {
                    context.state.subject.track();
                    shown()
                }
                on:change=while_mounted(type_in)
            />
            <Show when=move || is_filtered.get()>
                <span class="subject-switch__of" translate="no" data-testid="n-fitting" data-value=n>
                    {move || format!("of {}", thousands(n()))}
                </span>
            </Show>
            <button
                type="button"
                class="button button--plain button--icon"
                aria-label="Next image"
                prop:disabled=is_stuck
                on:click=move |_| context.step(false)
            >
                "›"
            </button>
            <Show when=move || is_filtered.get()>
                <span class="subject-switch__label" translate="no" data-testid="image-idx" data-value=context.image_idx>
                    {move || format!("#{}", context.image_idx.get())}
                </span>
            </Show>
        </span>
    }
}

/// The image's label, and what the present network reads in it.
#[component]
fn Truth() -> impl IntoView {
    let state = use_subject().state;
    let truth = Memo::new(move |_| {
        let inspection = state.inspection.read();
        let inspection = inspection.as_ref().filter(|inspection| inspection.subject == state.subject.get())?;
        Some((usize::from(inspection.label?), most_probable(&inspection.probs)))
    });
    let is_misread = move || truth.get().is_some_and(|(label, digit)| digit.is_some_and(|digit| digit != label));
    view! {
        <span
            class="subject-switch__label"
            class:subject-switch__label--misread=is_misread
            data-testid="subject-truth"
            data-label=move || truth.get().map(|(label, _)| label)
            data-digit=move || truth.get().and_then(|(_, digit)| digit)
            prop:textContent=move || truth.get().map(|(label, digit)| prediction_text(label, digit))
        ></span>
    }
}

/// Where an image comes from; without a set it is the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Source(Option<ImageSet>);

impl Source {
    const DRAWING: Source = Source(None);
    const ALL: [Source; 3] = [Source::DRAWING, Source(Some(ImageSet::Test)), Source(Some(ImageSet::Train))];

    fn as_str(self) -> &'static str {
        match self.0 {
            None => "my drawing",
            Some(ImageSet::Test) => "test image",
            Some(ImageSet::Train) => "training image",
        }
    }
}
