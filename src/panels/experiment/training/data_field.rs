//! How many of the data set's training samples are used.

use super::field_editor::{count, find};

use super::stops::{sample_stops, stop_of_samples};
use crate::components::fields::{Labelled, NumberField, Slider, use_field_errors};
use crate::components::fresh_id;
use crate::components::glossary::Entry;
use crate::plot::number::thousands;
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{Field, Place};
use inkling_engine::field::FieldMut;
use leptos::prelude::*;

/// Samples asked for, and how many of them are kept back.
#[component]
pub fn SamplesField() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let n_samples = count(|experiment| experiment.data.fields(), "n_samples");
    let (value, set) = (editor.value(n_samples), editor.setter(n_samples));
    let split = Memo::new(move |_| match &*state.checked.read() {
        Ok(checked) if checked.n_validation() > 0 => {
            format!("{} held out", thousands(checked.n_validation()))
        }
        _ => String::new(),
    });
    // Another data set has its own words and stops.
    let facts = Memo::new(move |_| {
        let mut data = state.experiment.read().data.clone();
        let words = find(data.fields(), "n_samples").map(|field: FieldMut<'_>| field.words());
        words.map(|words| (words, data.spec().n_available))
    });
    move || {
        let (words, n_available) = facts.get()?;
        let id = fresh_id("samples");
        let stops = StoredValue::new(sample_stops(n_available));
        let unit = words.label.to_lowercase();
        Some(view! {
            <Labelled label=words.label entry=Entry::of(words) field_id=id.clone() remark=split>
                <NumberField value on_change=set fault=use_field_errors().place(Place::Data(Field::NSamples)) id />
                <Slider
                    name="Training images, as a slider"
                    n_stops=stops.with_value(Vec::len)
                    stop=Signal::derive(move || stops.with_value(|stops| stop_of_samples(stops, value.get())))
                    text=Signal::derive(move || format!("{} {unit}", thousands(value.get())))
                    on_change=move |stop| {
                        if let Some(n_samples) = stops.with_value(|stops| stops.get(stop).copied()) {
                            set(n_samples);
                        }
                    }
                />
            </Labelled>
        })
    }
}
