//! When to stop before all epochs are done.

use super::kinds::StopKind;
use super::training_parts::{patience, tol};
use crate::components::{fresh_id, glossary};
use crate::panels::experiment::fields::{ChoiceField, Labelled, NumberField, use_faults};
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{ExperimentError, Field, Place, StopRule};
use leptos::prelude::*;

/// scikit-learn's defaults, for whoever turns the rule on.
const PATIENCE: usize = 10;
const TOL: f64 = 1e-4;

/// The rule, and its two numbers while it is on.
#[component]
pub fn StopField() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let kind = Memo::new(move |_| StopKind::of(state.experiment.read().training.stop));
    let choose = move |kind: StopKind| {
        editor.edit(|experiment| {
            let (n_iter_no_change, tol) = match experiment.training.stop {
                StopRule::Never => (PATIENCE, TOL),
                StopRule::ValidationScore { n_iter_no_change, tol }
                | StopRule::TrainingLoss { n_iter_no_change, tol } => (n_iter_no_change, tol),
            };
            experiment.training.stop = kind.config(n_iter_no_change, tol);
        });
    };
    // What is said of the rule itself; the two numbers have messages of their own.
    let fault = use_faults().at(|error: &ExperimentError| {
        let is_of_a_number = [" for n_iter_no_change", " for tol"].iter().any(|end| error.expected.ends_with(end));
        error.place == Place::Training(Field::Stop) && !is_of_a_number
    });
    let id = fresh_id("stop");
    view! {
        <Labelled label="Stop early" entry=glossary::EARLY_STOPPING field_id=id.clone()>
            <ChoiceField options=StopKind::ALL.to_vec() value=kind on_change=choose id fault />
            <span class="message message--bad field__message">{move || fault.get()}</span>
        </Labelled>
        <Show when=move || kind.get() != StopKind::Never>
            <PatienceField />
            <TolField />
        </Show>
    }
}

#[component]
fn PatienceField() -> impl IntoView {
    let (editor, id) = (use_editor(), fresh_id("patience"));
    view! {
        <Labelled label="Patience" entry=glossary::PATIENCE field_id=id.clone() remark="epochs">
            <NumberField
                value=editor.value(patience)
                on_change=editor.setter(patience)
                fault=use_faults().training_part(Field::Stop, "n_iter_no_change")
                id
            />
        </Labelled>
    }
}

#[component]
fn TolField() -> impl IntoView {
    let (editor, id) = (use_editor(), fresh_id("tol"));
    view! {
        <Labelled label="Tolerance" entry=glossary::TOL field_id=id.clone()>
            <NumberField
                value=editor.value(tol)
                on_change=editor.setter(tol)
                fault=use_faults().training_part(Field::Stop, "tol")
                id
            />
        </Labelled>
    }
}
