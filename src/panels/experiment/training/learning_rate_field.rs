//! The learning rate: typed, or by a slider of powers.

use super::slider::Slider;
use super::stops::{N_RATE_STOPS, rate_at, stop_of_rate};
use super::training_parts::learning_rate;
use crate::components::{fresh_id, glossary};
use crate::panels::experiment::fields::{Labelled, NumberField, use_faults};
use crate::plot::number;
use crate::protocol::Phase;
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::Field;
use leptos::prelude::*;

/// The one hyperparameter that a running training takes up at once, and says so.
#[component]
pub fn LearningRateField() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let id = fresh_id("learning-rate");
    let (value, set) = (editor.value(learning_rate), editor.setter(learning_rate));
    let remark = Memo::new(move |_| match state.run.phase() {
        Phase::Training | Phase::Paused => "live",
        _ => "",
    });
    view! {
        <Labelled
            label="Learning rate"
            entry=glossary::LEARNING_RATE
            field_id=id.clone()
            remark=Signal::derive(move || remark.get().to_owned())
        >
            <NumberField value on_change=set fault=use_faults().training(Field::LearningRate) id />
            <Slider
                name="Learning rate, as a slider"
                n_stops=N_RATE_STOPS
                stop=Signal::derive(move || stop_of_rate(value.get()))
                text=Signal::derive(move || number::plain(value.get()))
                on_change=move |stop| set(rate_at(stop))
            />
        </Labelled>
    }
}
