//! Which images are kept back.

use super::kinds::ValidationKind;
use super::training_parts::validation_share;
use crate::components::{fresh_id, glossary};
use crate::panels::experiment::fields::{ChoiceField, Labelled, NumberField, use_faults};
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{Field, Validation};
use leptos::prelude::*;

/// Share kept back by whoever turns validation on again.
const SHARE: f64 = 0.1;

/// The rule, and its share.
#[component]
pub fn ValidationFields() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let kind = Memo::new(move |_| ValidationKind::of(state.experiment.read().training.validation));
    let choose = move |kind: ValidationKind| {
        editor.edit(|experiment| {
            let share = match experiment.training.validation {
                Validation::None => SHARE,
                Validation::Last { validation_split: share } | Validation::Random { validation_fraction: share } => {
                    share
                }
            };
            experiment.training.validation = kind.config(share);
        });
    };
    let id = fresh_id("validation");
    view! {
        <Labelled label="Validation" entry=glossary::VALIDATION field_id=id.clone()>
            <ChoiceField options=ValidationKind::ALL.to_vec() value=kind on_change=choose id />
        </Labelled>
        <Show when=move || kind.get() != ValidationKind::None>
            <ShareField />
        </Show>
    }
}

#[component]
fn ShareField() -> impl IntoView {
    let (editor, id) = (use_editor(), fresh_id("share"));
    view! {
        <Labelled label="Validation share" entry=glossary::VALIDATION_SPLIT field_id=id.clone()>
            <NumberField
                value=editor.value(validation_share)
                on_change=editor.setter(validation_share)
                fault=use_faults().training(Field::Validation)
                id
            />
        </Labelled>
    }
}
