//! What most experiments leave as it is.

use super::kinds::OptimizerKind;
use super::optimizer_fields::OptimizerFields;
use super::training_parts::{alpha, l1, l2, shuffle};
use super::validation_fields::ValidationFields;
use crate::components::{Term, fresh_id, glossary};
use crate::panels::experiment::fields::{ChoiceField, Labelled, NumberField, SwitchField, use_faults};
use crate::state::{Part, use_app_state, use_editor};
use inkling_engine::experiment::{Field, Loss, Place, Regularization, Regularizer};
use leptos::prelude::*;
use web_sys::MouseEvent;

/// Behind a summary that says what is inside; it opens by itself when something inside is wrong.
#[component]
pub fn MoreSettings() -> impl IntoView {
    let (state, faults) = (use_app_state(), use_faults());
    let is_wrong = faults.at(|error| {
        let inside = [Field::Validation, Field::Optimizer, Field::Regularization, Field::Loss];
        matches!(error.place, Place::Training(field) if inside.contains(&field))
    });
    let optimizer_name = move || {
        let optimizer = OptimizerKind::of(&state.experiment.read().training.optimizer);
        OptimizerKind::ALL.into_iter().find(|&(kind, _)| kind == optimizer).map(|(_, name)| name)
    };
    let is_open = RwSignal::new(false);
    Effect::new(move |_| {
        if is_wrong.read().is_some() {
            is_open.set(true);
        }
    });
    let toggle = move |event: MouseEvent| {
        event.prevent_default();
        is_open.update(|is_open| *is_open = !*is_open);
    };
    view! {
        <details class="details more" prop:open=move || is_open.get()>
            <summary on:click=toggle>{optimizer_name} "’s numbers, validation, L2, loss, shuffle"</summary>
            <div class="training">
                <OptimizerFields />
                <ValidationFields />
                <RegularizationFields />
                <LossField />
                <ShuffleField />
            </div>
        </details>
    }
}

#[component]
fn RegularizationFields() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let is_keras =
        Memo::new(move |_| matches!(state.experiment.read().training.regularization, Regularization::Keras(_)));
    let choose = move |is_keras: bool| {
        editor.edit(|experiment| {
            experiment.training.regularization = if is_keras {
                Regularization::Keras(Regularizer::default())
            } else {
                Regularization::ScikitLearn { alpha: 1e-4 }
            };
        });
    };
    let id = fresh_id("penalty");
    view! {
        <Labelled label="Penalty" entry=glossary::REGULARIZATION field_id=id.clone()>
            <ChoiceField
                options=vec![(true, "l1, l2 (Keras)"), (false, "alpha (scikit-learn)")]
                value=is_keras
                on_change=choose
                id
            />
        </Labelled>
        {move || {
            if is_keras.get() {
                view! {
                    {penalty(l1, "l1")}
                    {penalty(l2, "l2")}
                }
                    .into_any()
            } else {
                penalty(alpha, "alpha").into_any()
            }
        }}
    }
}

fn penalty(part: impl Part<f64>, name: &'static str) -> impl IntoView {
    let (editor, id) = (use_editor(), fresh_id(name));
    view! {
        <Labelled label=name entry=glossary::REGULARIZATION field_id=id.clone()>
            <NumberField
                value=editor.value(part)
                on_change=editor.setter(part)
                fault=use_faults().training_part(Field::Regularization, name)
                id
            />
        </Labelled>
    }
}

#[component]
fn LossField() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let loss = Memo::new(move |_| state.experiment.read().training.loss);
    let choose = move |loss: Loss| editor.edit(|experiment| experiment.training.loss = loss);
    let fault = use_faults().training(Field::Loss);
    let id = fresh_id("loss");
    view! {
        <Labelled label="Loss" entry=glossary::LOSS field_id=id.clone()>
            <ChoiceField options=Loss::ALL.map(|loss| (loss, loss.title())).to_vec() value=loss on_change=choose id fault />
            <span class="message message--bad field__message">{move || fault.get()}</span>
        </Labelled>
    }
}

#[component]
fn ShuffleField() -> impl IntoView {
    let editor = use_editor();
    view! {
        <div class="field field--switch">
            <SwitchField label="Shuffle each epoch" value=editor.value(shuffle) on_change=editor.setter(shuffle) />
            <Term entry=glossary::SHUFFLE />
        </div>
    }
}
