//! The optimizer's own numbers.

use super::kinds::OptimizerKind;
use super::training_parts::{beta_1, beta_2, epsilon, momentum, nesterov, rho};
use crate::components::glossary::{self, Entry};
use crate::components::{Term, fresh_id};
use crate::panels::experiment::fields::{Labelled, NumberField, SwitchField, use_faults};
use crate::state::{Part, use_app_state, use_editor};
use inkling_engine::experiment::Field;
use leptos::prelude::*;

/// Momentum and Nesterov, or rho and epsilon, or both betas and epsilon.
#[component]
pub fn OptimizerFields() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let kind = Memo::new(move |_| OptimizerKind::of(&state.experiment.read().training.optimizer));
    move || match kind.get() {
        OptimizerKind::Sgd => view! {
            {decay(momentum, "Momentum", "momentum", glossary::MOMENTUM)}
            <div class="field field--switch">
                <SwitchField label="Nesterov" value=editor.value(nesterov) on_change=editor.setter(nesterov) />
                <Term entry=glossary::NESTEROV />
            </div>
        }
        .into_any(),
        OptimizerKind::RmsProp => view! {
            {decay(rho, "rho", "rho", glossary::RHO)}
            {decay(epsilon, "epsilon", "epsilon", glossary::EPSILON)}
        }
        .into_any(),
        OptimizerKind::Adam => view! {
            {decay(beta_1, "beta 1", "beta_1", glossary::BETA_1)}
            {decay(beta_2, "beta 2", "beta_2", glossary::BETA_2)}
            {decay(epsilon, "epsilon", "epsilon", glossary::EPSILON)}
        }
        .into_any(),
    }
}

/// One number; `name` is the check's word for it.
fn decay(part: impl Part<f64>, label: &'static str, name: &'static str, entry: Entry) -> impl IntoView {
    let (editor, id) = (use_editor(), fresh_id(name));
    view! {
        <Labelled label entry field_id=id.clone()>
            <NumberField
                value=editor.value(part)
                on_change=editor.setter(part)
                fault=use_faults().training_part(Field::Optimizer, name)
                id
            />
        </Labelled>
    }
}
