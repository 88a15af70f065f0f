//! Where all chance begins.

use super::training_parts::seed;
use crate::components::{fresh_id, glossary};
use crate::panels::experiment::fields::{Labelled, NumberField, use_faults};
use crate::state::use_editor;
use inkling_engine::experiment::Place;
use leptos::prelude::*;

/// Seeds drawn by the button stay short enough to be read aloud.
const N_DRAWN_SEEDS: f64 = 100_000.0;

/// The seed, and a button that draws another.
#[component]
pub fn SeedField() -> impl IntoView {
    let editor = use_editor();
    let id = fresh_id("seed");
    let set = editor.setter(seed);
    view! {
        <Labelled label="Seed" entry=glossary::SEED field_id=id.clone()>
            <div class="field__row">
                <NumberField value=editor.value(seed) on_change=set fault=use_faults().place(Place::Seed) id />
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
