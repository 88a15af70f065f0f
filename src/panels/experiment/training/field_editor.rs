//! Editors made from the specs of the engine's fields.

use crate::components::fields::{ChoiceField, Labelled, NumberField, SwitchField, use_field_errors};
use crate::components::glossary::Entry;
use crate::components::{Term, fresh_id};
use crate::state::{Part, use_app_state, use_editor};
use inkling_engine::experiment::{Experiment, Field};
use inkling_engine::field::{FieldMut, FieldWords};
use leptos::prelude::*;

/// Some fields of an experiment.
pub type FieldsOf = fn(&mut Experiment) -> Vec<FieldMut<'_>>;

/// One number or switch that every experiment has.
pub type Always<T> = fn(&mut Experiment) -> Option<&mut T>;

/// The count of that name.
pub fn count(fields: FieldsOf, name: &'static str) -> impl Part<usize> {
    move |experiment: &mut Experiment| find(fields(experiment), name)?.count()
}

/// The number of that name.
pub fn number(fields: FieldsOf, name: &'static str) -> impl Part<f64> {
    move |experiment: &mut Experiment| find(fields(experiment), name)?.number()
}

/// The switch of that name.
pub fn switch(fields: FieldsOf, name: &'static str) -> impl Part<bool> {
    move |experiment: &mut Experiment| find(fields(experiment), name)?.switch()
}

/// The field of that name.
pub fn find<'a>(fields: Vec<FieldMut<'a>>, name: &str) -> Option<FieldMut<'a>> {
    fields.into_iter().find(|field| field.words().name == name)
}

/// Editors for all of `fields`, whose mistakes the check places at `place`; made again when other fields take their
/// places.
pub fn field_editors(fields: FieldsOf, place: Field) -> impl IntoView {
    let state = use_app_state();
    let words = Memo::new(move |_| {
        let mut experiment = state.experiment.get();
        fields(&mut experiment).iter().map(FieldMut::words).collect::<Vec<_>>()
    });
    move || {
        let words = words.get();
        let is_alone = words.len() == 1;
        words.into_iter().map(|words| field_editor(fields, words, place, is_alone)).collect_view()
    }
}

/// The editor of one field; `is_alone` if it does not share its place with others.
fn field_editor(fields: FieldsOf, words: FieldWords, place: Field, is_alone: bool) -> AnyView {
    let (state, editor) = (use_app_state(), use_editor());
    let FieldWords { name, label, unit, .. } = words;
    let (id, entry) = (fresh_id(name), Entry::of(words));
    let mut experiment = state.experiment.get_untracked();
    let Some(field) = find(fields(&mut experiment), name) else { return ().into_any() };
    let errors = use_field_errors();
    let fault = if is_alone { errors.training(place) } else { errors.training_part(place, name) };
    match field {
        FieldMut::Number(..) => {
            let part = number(fields, name);
            let (value, set) = (editor.value(part), editor.setter(part));
            view! {
                <Labelled label entry field_id=id.clone() remark=unit>
                    <NumberField value on_change=set fault id />
                </Labelled>
            }
            .into_any()
        }
        FieldMut::Count(..) => {
            let part = count(fields, name);
            let (value, set) = (editor.value(part), editor.setter(part));
            view! {
                <Labelled label entry field_id=id.clone() remark=unit>
                    <NumberField value on_change=set fault id />
                </Labelled>
            }
            .into_any()
        }
        FieldMut::Switch(..) => {
            let part = switch(fields, name);
            switch_editor(words, editor.value(part), editor.setter(part)).into_any()
        }
        FieldMut::Choice(_, choice) => {
            let options = choice.options().iter().copied().enumerate().collect::<Vec<_>>();
            let value = Memo::new(move |_| {
                let mut experiment = state.experiment.get();
                let choice = find(fields(&mut experiment), name).and_then(FieldMut::choice);
                choice.map_or(0, |choice| choice.selected())
            });
            let choose = move |option_idx| {
                editor.edit(|experiment| {
                    if let Some(choice) = find(fields(experiment), name).and_then(FieldMut::choice) {
                        choice.select(option_idx);
                    }
                });
            };
            view! {
                <Labelled label entry field_id=id.clone() remark=unit>
                    <ChoiceField options value on_change=choose id fault />
                </Labelled>
            }
            .into_any()
        }
        // The seed has a field of its own; pairs are sizes of layers.
        FieldMut::Seed(..) | FieldMut::Pair(..) => ().into_any(),
    }
}

/// A switch with its explanation.
pub fn switch_editor(words: FieldWords, value: Signal<bool>, on_change: impl Fn(bool) + 'static) -> impl IntoView {
    view! {
        <div class="field field--switch">
            <SwitchField label=words.label value on_change />
            <Term entry=Entry::of(words) />
        </div>
    }
}
