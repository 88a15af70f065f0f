//! The tab "Mistakes".

use super::class_table::ClassTable;
use super::confusion_cell::{Cell, Measure};
use super::confusion_table::ConfusionTable;
use super::image_list::ImageList;
use super::inspected_image::InspectedImage;
use super::nearest_images::NearestImages;
use crate::components::{JudgedSetSwitch, keep_judging, network_age};
use crate::plot::number::{percent, thousands};
use crate::protocol::Start;
use crate::protocol::questions::JudgedSet;
use crate::state::use_app_state;
use leptos::prelude::*;
use std::sync::Arc;

/// The confusion matrix, the scores of each class, the images behind them, and what an image is likened to.
#[component]
pub fn MistakesPanel() -> impl IntoView {
    let state = use_app_state();
    let set = RwSignal::new(JudgedSet::Validation);
    let judged = keep_judging(state, set.into());
    let confusion = Memo::new(move |_| judged.get().map(|judged| Arc::new(judged.confusion())));
    let chosen = RwSignal::new(None::<Cell>);
    let measure = RwSignal::new(Measure::default());
    let is_on_images = Memo::new(move |_| state.run.is_on_images());
    let summary = move || {
        let judged = judged.get()?;
        let confusion = confusion.get()?;
        let n_wrong = confusion.n_samples() - confusion.0.diag().sum();
        let is_shipped = judged.n_steps == 0 && state.run.start.get() == Start::Pretrained;
        let age = if is_shipped {
            "by the pretrained network".to_owned()
        } else {
            network_age(judged.n_steps, state.run.checked.read().steps_per_epoch())
        };
        Some(format!(
            "{} of {} images are read wrong ({} read right), {age}.",
            thousands(n_wrong as usize),
            thousands(judged.images.len()),
            percent(confusion.accuracy()),
        ))
    };
    view! {
        <div class="mistakes">
            <p class="doubt__why">
                "One number hides which digits are taken for which. Choose a cell to see its images, and an image to see how the network came to it."
            </p>
            <div class="mistakes__bar">
                <JudgedSetSwitch set />
                <p class="mistakes__summary" role="status" prop:textContent=move || {
                    summary().unwrap_or_else(|| "The images are read as soon as the data set and a network are there.".to_owned())
                }></p>
            </div>
            <Show
                when=move || is_on_images.get()
                fallback=|| view! { <p class="message">"This view is about images of several classes."</p> }
            >
                <div class="mistakes__tables">
                    <ConfusionTable confusion chosen measure />
                    <ClassTable confusion />
                    <div class="mistakes__images">
                        <ImageList judged chosen />
                        <InspectedImage judged />
                    </div>
                </div>
                <NearestImages />
            </Show>
        </div>
    }
}
