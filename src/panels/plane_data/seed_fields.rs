//! Where the points' random numbers come from.

use super::amount_fields::use_waits;
use super::data_edits::{plane_mut, playground_text, regenerate};
use super::text_field::TextField;
use super::words::PLAYGROUND;
use crate::components::fields::{Labelled, NumberField, SwitchField, use_field_errors};
use crate::components::glossary::Entry;
use crate::components::plane::plane_of;
use crate::components::{Term, fresh_id};
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{Experiment, Field, Place};
use leptos::prelude::*;

/// The button for other points, the seed, and whose generator draws.
#[component]
pub fn SeedFields() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let text = Memo::new(move |_| {
        let experiment = state.experiment.read();
        plane_of(&experiment.data).map_or_else(String::new, |plane| plane.playground_seed.clone())
    });
    let is_playground = Memo::new(move |_| !text.read().is_empty());
    let set_text = move |text: String| {
        editor.edit(|experiment| {
            if let Some(plane) = plane_mut(experiment) {
                plane.playground_seed = text;
            }
        });
    };
    // What was switched off comes back.
    let former = StoredValue::new(String::new());
    let switch = move |is_on: bool| {
        if is_on {
            let former = former.get_value();
            set_text(if former.is_empty() { playground_text(js_sys::Math::random()) } else { former });
        } else {
            former.set_value(text.get_untracked());
            set_text(String::new());
        }
    };
    let errors = use_field_errors();
    let (text_fault, seed_fault) = (errors.place(Place::Data(Field::PlaygroundSeed)), errors.place(Place::Seed));
    let part: fn(&mut Experiment) -> Option<&mut u64> = |experiment| Some(&mut experiment.seed);
    let (seed, set_seed) = (editor.value(part), editor.setter(part));
    let waits = use_waits();
    let field = move || {
        let (words, id, is_playground) = (Experiment::SEED.words, fresh_id("seed"), is_playground.get());
        view! {
            <Labelled label="Seed" entry=Entry::of(words) field_id=id.clone()>
                {if is_playground {
                    // Without a text, Playground's generator would be off.
                    let set = move |text: String| if !text.is_empty() { set_text(text) };
                    view! { <TextField value=text on_change=set fault=text_fault id /> }.into_any()
                } else {
                    view! { <NumberField value=seed on_change=set_seed is_live=waits fault=seed_fault id /> }.into_any()
                }}
            </Labelled>
        }
    };
    view! {
        <div class="plane-data__seed">
            {field}
            <button
                type="button"
                class="button"
                title="Other points of the same kind: a new seed, and a network from the beginning"
                on:click=move |_| editor.edit(|experiment| regenerate(experiment, js_sys::Math::random()))
            >
                "Regenerate"
            </button>
        </div>
        <div class="field field--switch">
            <SwitchField label="Playground's random numbers" value=is_playground on_change=switch />
            <Term entry=PLAYGROUND />
        </div>
    }
}
