//! The learning rate: typed, or by a slider of powers.

use super::field_editor::Always;
use super::live::use_is_live;

use super::stops::{N_RATE_STOPS, rate_at, stop_of_rate};
use crate::components::fields::{Labelled, NumberField, Slider, use_field_errors};
use crate::components::fresh_id;
use crate::components::glossary::Entry;
use crate::plot::number;
use crate::state::use_editor;
use inkling_engine::experiment::{Field, TrainingConfig};
use leptos::prelude::*;

/// The one hyperparameter that a running training takes up at once, and says so.
#[component]
pub fn LearningRateField() -> impl IntoView {
    let editor = use_editor();
    let learning_rate: Always<f64> = |experiment| Some(&mut experiment.training.learning_rate);
    let (words, id) = (TrainingConfig::LEARNING_RATE.words, fresh_id("learning-rate"));
    let (value, set) = (editor.value(learning_rate), editor.setter(learning_rate));
    let is_live = use_is_live();
    let remark = Memo::new(move |_| if is_live.get() { "live" } else { "" });
    view! {
        <Labelled
            label=words.label
            entry=Entry::of(words)
            field_id=id.clone()
            remark=Signal::derive(move || remark.get().to_owned())
        >
            <NumberField value on_change=set is_live fault=use_field_errors().training(Field::LearningRate) id />
            <Slider
                name="Learning rate, as a slider"
                n_stops=N_RATE_STOPS
                stop=Signal::derive(move || stop_of_rate(value.get()))
                text=Signal::derive(move || number::plain(value.get()))
                is_live
                on_change=move |stop| set(rate_at(stop))
            />
        </Labelled>
    }
}
