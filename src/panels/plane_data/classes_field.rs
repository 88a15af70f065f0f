//! How many classes there are, and how the network names them.

use super::data_edits::fitting_outputs;
use super::own_points::use_own_points;
use super::words::CLASSES;
use crate::components::fields::{ChoiceField, Labelled, use_field_errors};
use crate::components::fresh_id;
use crate::components::plane::plane_of;
use crate::state::use_app_state;
use inkling_engine::experiment::{Field, Place};
use leptos::prelude::*;

const OPTIONS: [(usize, &str); 5] = [(1, "2, by the sign"), (2, "2, an output each"), (3, "3"), (4, "4"), (5, "5")];

/// The menu; a regression has no classes.
#[component]
pub fn ClassesField() -> impl IntoView {
    let (state, own) = (use_app_state(), use_own_points());
    let n_outputs = Memo::new(move |_| plane_of(&state.experiment.read().data).map_or(1, |plane| plane.n_outputs));
    let n_options = Memo::new(move |_| {
        let experiment = state.experiment.read();
        plane_of(&experiment.data)
            .filter(|plane| !plane.dataset.is_regression())
            .map_or(0, |plane| fitting_outputs(plane.dataset, OPTIONS.len()))
    });
    let fault = use_field_errors().place(Place::Data(Field::NOutputs));
    move || {
        let (n_options, id) = (n_options.get(), fresh_id("classes"));
        (n_options > 0).then(|| {
            view! {
                <Labelled label="Classes" entry=CLASSES field_id=id.clone()>
                    <ChoiceField
                        options=OPTIONS[..n_options].to_vec()
                        value=n_outputs
                        on_change=move |n_outputs| own.choose_outputs(n_outputs)
                        id
                        fault
                    />
                    <span class="message message--bad field__message" prop:textContent=move || fault.get()></span>
                </Labelled>
            }
        })
    }
}
