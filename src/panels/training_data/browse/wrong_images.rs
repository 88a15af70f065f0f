//! Which images the network gets wrong, as far as that is known, and what to do where it is not.

use super::super::context::use_training_data;
use super::image_list::ImagePart;
use crate::components::{Pace, keep_asking};
use crate::plot::number::thousands;
use crate::protocol::ImageSet;
use crate::protocol::questions::{JudgedSet, Readings};
use crate::state::{AppState, use_app_state};
use inkling_engine::model::predicted_class;
use leptos::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// The wrong images of a part, each with the digit that it is taken for; `None` while they are not known, or sealed.
pub type WrongImages = Memo<Option<Arc<HashMap<u32, u8>>>>;

const VALIDATION: Readings = Readings { set: JudgedSet::Validation };

/// Follows the wrong images of the part that is browsed, while they are asked for.
pub fn wrong_images(state: AppState) -> WrongImages {
    let browsed = use_training_data().browsed;
    let is_asked = move |part: ImagePart| browsed.is_wrong_only.get() && browsed.part.get() == part;
    let is_loaded = Memo::new(move |_| state.data.read().is_settled());
    keep_asking(state, Pace { resting_ms: 300.0, training_ms: 1_000.0 }, move || {
        if !(is_asked(ImagePart::Validation) && is_loaded.get()) {
            return Vec::new();
        }
        // The network may be another after each of these.
        state.run.progress.track();
        state.run.weight_edits.track();
        vec![VALIDATION.into()]
    });
    Memo::new(move |_| {
        if !browsed.is_wrong_only.get() {
            return None;
        }
        let labels = state.labels.get();
        match browsed.part.get() {
            ImagePart::Training => {
                let labels = labels.of(ImageSet::Train);
                let predictions = state.predictions.read();
                let read = predictions.get(&ImageSet::Train)?.shown()?;
                let read = read.digits.iter().enumerate();
                let wrong = read.filter(|(image, digit)| labels.get(*image).is_some_and(|label| label != *digit));
                Some(Arc::new(wrong.map(|(image, digit)| (image as u32, *digit)).collect()))
            }
            ImagePart::Validation => {
                let labels = labels.of(ImageSet::Train);
                let answered = state.answers.readings.to(VALIDATION)?;
                let read = answered.answer.images().map(|(image, logits)| (image, predicted_class(logits)));
                let wrong = read.filter(|(image, digit)| labels.get(*image).is_some_and(|label| label != digit));
                Some(Arc::new(wrong.map(|(image, digit)| (image as u32, digit)).collect()))
            }
            ImagePart::Test => {
                if !state.run.is_test_opened.get() {
                    return None;
                }
                let evaluation = state.run.evaluation.read();
                // What each is taken for, the evaluation does not say.
                let wrong = evaluation.as_ref()?.wrong.iter().map(|image| (*image, u8::MAX));
                Some(Arc::new(wrong.collect()))
            }
        }
    })
}

/// What is missing for the list of wrong images, and the button that gets it.
#[component]
pub fn WrongNotice(
    /// The wrong images.
    wrong: WrongImages,
) -> impl IntoView {
    let state = use_app_state();
    let browsed = use_training_data().browsed;
    let reading = Memo::new(move |_| {
        let predictions = state.predictions.read();
        predictions.get(&ImageSet::Train)?.under_way.as_ref().map(|under_way| under_way.digits.len())
    });
    let n_train = move || state.labels.read().of(ImageSet::Train).len();
    let is_training_part = move || browsed.is_wrong_only.get() && browsed.part.get() == ImagePart::Training;
    let text = move || {
        if !browsed.is_wrong_only.get() {
            return String::new();
        }
        match browsed.part.get() {
            ImagePart::Training => match reading.get() {
                Some(n_done) => format!("{} of {} training images read", thousands(n_done), thousands(n_train())),
                None if wrong.read().is_none() => {
                    "The network has to read all training images first, which takes some seconds.".to_owned()
                }
                None => String::new(),
            },
            ImagePart::Validation if wrong.read().is_none() => "The network reads the validation images …".to_owned(),
            ImagePart::Validation => String::new(),
            ImagePart::Test if !state.run.is_test_opened.get() => {
                "Sealed: which test images are read wrong would reveal the test result. Open the test set once, after your last choice."
                    .to_owned()
            }
            ImagePart::Test if wrong.read().is_none() => {
                "The network has changed since the test set was run. Evaluate it again to see which images it gets wrong.".to_owned()
            }
            ImagePart::Test => String::new(),
        }
    };
    let begin = move |_| {
        let n_steps = state.seen().map_or(0, |seen| seen.n_steps);
        state.predict_set(ImageSet::Train, n_steps);
    };
    view! {
        <p class="message training-data__notice" role="status" data-testid="wrong-notice">
            {move || {
                reading
                    .get()
                    .filter(|_| is_training_part())
                    .map(|n_done| view! { <progress max=n_train value=n_done aria-label="training images read"></progress> " " })
            }} <span prop:textContent=text></span>
        </p>
        <Show when=is_training_part>
            {move || {
                if reading.read().is_some() {
                    view! {
                        <button type="button" class="button" on:click=move |_| state.stop_predicting(ImageSet::Train)>
                            "Stop reading"
                        </button>
                    }
                        .into_any()
                } else {
                    view! {
                        <button type="button" class="button" on:click=begin>
                            {move || if wrong.read().is_some() { "Read them again" } else { "Read all training images" }}
                        </button>
                    }
                        .into_any()
                }
            }}
        </Show>
    }
}
