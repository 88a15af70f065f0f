//! How many of MNIST's training images are used.

use super::slider::Slider;
use super::stops::{IMAGE_STOPS, stop_of_images};
use super::training_parts::n_samples;
use crate::components::{fresh_id, glossary};
use crate::panels::experiment::fields::{Labelled, NumberField, use_faults};
use crate::plot::number::thousands;
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{Field, Place};
use leptos::prelude::*;

/// Images asked for, and how many of them are kept back.
#[component]
pub fn ImagesField() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let id = fresh_id("images");
    let (value, set) = (editor.value(n_samples), editor.setter(n_samples));
    let split = Memo::new(move |_| match &*state.checked.read() {
        Ok(checked) if checked.n_validation() > 0 => {
            format!("{} validate", thousands(checked.n_validation()))
        }
        _ => String::new(),
    });
    view! {
        <Labelled label="Images" entry=glossary::TRAINING_IMAGES field_id=id.clone() remark=split>
            <NumberField value on_change=set fault=use_faults().place(Place::Data(Field::NSamples)) id />
            <Slider
                name="Training images, as a slider"
                n_stops=IMAGE_STOPS.len()
                stop=Signal::derive(move || stop_of_images(value.get()))
                text=Signal::derive(move || format!("{} images", thousands(value.get())))
                on_change=move |stop| set(IMAGE_STOPS[stop.min(IMAGE_STOPS.len() - 1)])
            />
        </Labelled>
    }
}
