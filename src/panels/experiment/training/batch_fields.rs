//! Batch size and epochs, with what follows from them.

use super::field_editor::Always;
use super::live::use_is_live;
use crate::components::fields::{Labelled, NumberField, use_field_errors};
use crate::components::fresh_id;
use crate::components::glossary::Entry;
use crate::plot::number::{seconds, thousands};
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{Field, TrainingConfig};
use leptos::prelude::*;

/// Images per step, and steps per epoch.
#[component]
pub fn BatchSizeField() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let batch_size: Always<usize> = |experiment| Some(&mut experiment.training.batch_size);
    let (words, id) = (TrainingConfig::BATCH_SIZE.words, fresh_id("batch-size"));
    let steps = Memo::new(move |_| match &*state.checked.read() {
        Ok(checked) if checked.steps_per_epoch() == 1 => "1 step an epoch".to_owned(),
        Ok(checked) => format!("{} steps", thousands(checked.steps_per_epoch())),
        Err(_) => String::new(),
    });
    view! {
        <Labelled label=words.label entry=Entry::of(words) field_id=id.clone() remark=steps>
            <NumberField
                value=editor.value(batch_size)
                on_change=editor.setter(batch_size)
                fault=use_field_errors().training(Field::BatchSize)
                id
            />
        </Labelled>
    }
}

/// Epochs, and how long they would take as far as this run has shown.
#[component]
pub fn EpochsField() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let epochs: Always<usize> = |experiment| Some(&mut experiment.training.epochs);
    let (words, id) = (TrainingConfig::EPOCHS.words, fresh_id("epochs"));
    let estimate = Memo::new(move |_| {
        let asked = state.experiment.read();
        let checked = state.run.checked.read();
        let run = checked.experiment();
        let n_done = state.run.n_epochs();
        let is_same_work = asked.network == run.network
            && asked.data == run.data
            && asked.training.batch_size == run.training.batch_size
            && asked.training.validation == run.training.validation;
        if !is_same_work || n_done == 0 {
            return String::new();
        }
        let per_epoch = state.run.seconds.get() / n_done as f64;
        format!("≈ {}", seconds(per_epoch * asked.training.epochs as f64))
    });
    view! {
        <Labelled label=words.label entry=Entry::of(words) field_id=id.clone() remark=estimate>
            <NumberField
                value=editor.value(epochs)
                is_live=use_is_live()
                on_change=editor.setter(epochs)
                fault=use_field_errors().training(Field::Epochs)
                id
            />
        </Labelled>
    }
}
