//! The formula whose two sides are the classes.

use super::data_edits::plane_mut;
use super::text_field::TextField;
use super::words::FORMULA;
use crate::components::fields::{Labelled, use_field_errors};
use crate::components::fresh_id;
use crate::components::plane::plane_of;
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{Field, Place};
use leptos::prelude::*;

/// The formula, with what is wrong with it and where.
#[component]
pub fn FormulaField() -> impl IntoView {
    let (state, editor, id) = (use_app_state(), use_editor(), fresh_id("formula"));
    let value = Memo::new(move |_| {
        plane_of(&state.experiment.read().data).map_or_else(String::new, |plane| plane.formula.clone())
    });
    let set = move |formula: String| {
        editor.edit(|experiment| {
            if let Some(plane) = plane_mut(experiment) {
                plane.formula = formula;
            }
        });
    };
    let fault = use_field_errors().place(Place::Data(Field::Formula));
    view! {
        <Labelled label="Positive where" entry=FORMULA field_id=id.clone()>
            <TextField value on_change=set fault id />
        </Labelled>
    }
}
