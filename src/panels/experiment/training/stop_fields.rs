//! The fields of the rule that stops a run before all epochs are done.

use super::field_editor::field_editors;
use super::kind_field::{KindField, Kinds};
use crate::components::fields::use_field_errors;
use inkling_engine::experiment::{Field, Place, StopRule};
use inkling_engine::field::Variants;
use leptos::prelude::*;

/// The rule, and its two numbers while it is on.
#[component]
pub fn StopField() -> impl IntoView {
    let kinds = Kinds::of::<StopRule>(
        |experiment| experiment.training.stop.kind_idx(),
        |experiment, kind_idx| experiment.training.stop.choose(kind_idx),
    );
    // What is said of the rule itself; the two numbers have messages of their own.
    let fault = use_field_errors().at(|error| error.place == Place::Training(Field::Stop) && error.part.is_none());
    view! {
        <KindField kinds fault />
        {field_editors(|experiment| experiment.training.stop.fields(), Field::Stop)}
    }
}
