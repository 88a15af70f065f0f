//! The seed of all randomness.

use super::field_editor::Always;
use crate::components::fields::{Labelled, NumberField, use_field_errors};
use crate::components::fresh_id;
use crate::components::glossary::Entry;
use crate::state::use_editor;
use inkling_engine::experiment::{Experiment, Place};
use leptos::prelude::*;

/// Seeds drawn by the button stay short enough to be read aloud.
const N_DRAWN_SEEDS: f64 = 100_000.0;

/// The seed, and a button that draws another.
#[component]
pub fn SeedField() -> impl IntoView {
    let editor = use_editor();
    let (words, id) = (Experiment::SEED.words, fresh_id("seed"));
    let seed: Always<u64> = |experiment| Some(&mut experiment.seed);
    let set = editor.setter(seed);
    view! {
        <Labelled label=words.label entry=Entry::of(words) field_id=id.clone()>
            <div class="field__row">
                <NumberField value=editor.value(seed) on_change=set fault=use_field_errors().place(Place::Seed) id />
                <button
                    type="button"
                    class="button button--quiet field__button"
                    on:click=move |_| set((js_sys::Math::random() * N_DRAWN_SEEDS) as u64)
                >
                    "new seed"
                </button>
            </div>
        </Labelled>
    }
}
