//! A menu of kinds, such as the optimizers, made from what the engine says of them.

use crate::components::fields::{ChoiceField, Labelled};
use crate::components::fresh_id;
use crate::components::glossary::Entry;
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::Experiment;
use inkling_engine::field::{FieldWords, Variants};
use leptos::prelude::*;

/// A choice of the experiment among several kinds.
#[derive(Clone, Copy)]
pub struct Kinds {
    words: FieldWords,
    titles: fn() -> Vec<&'static str>,
    kind_idx: fn(&Experiment) -> usize,
    choose: fn(&mut Experiment, usize),
}

impl Kinds {
    /// The kinds of `T`, with what reads the present one and what takes up another.
    pub fn of<T: Variants>(kind_idx: fn(&Experiment) -> usize, choose: fn(&mut Experiment, usize)) -> Kinds {
        let titles = || T::all().iter().map(T::title).collect();
        Kinds { words: T::WORDS, titles, kind_idx, choose }
    }
}

impl Kinds {
    fn options(self) -> Vec<(usize, &'static str)> {
        (self.titles)().into_iter().enumerate().collect()
    }

    fn value(self) -> Memo<usize> {
        let state = use_app_state();
        Memo::new(move |_| (self.kind_idx)(&state.experiment.read()))
    }

    fn setter(self) -> impl Fn(usize) + Send + Sync + 'static {
        let editor = use_editor();
        move |kind_idx| editor.edit(|experiment| (self.choose)(experiment, kind_idx))
    }
}

/// The menu alone, named by its label.
#[component]
pub fn KindMenu(
    /// Which choice.
    kinds: Kinds,
) -> impl IntoView {
    view! {
        <ChoiceField options=kinds.options() value=kinds.value() on_change=kinds.setter() name=kinds.words.label />
    }
}

/// The menu with its label, its explanation, and the check's message.
#[component]
pub fn KindField(
    /// Which choice.
    kinds: Kinds,
    /// What the experiment's check says about it, if it has anything to say.
    #[prop(optional)]
    fault: Option<Signal<Option<String>>>,
) -> impl IntoView {
    let id = fresh_id(kinds.words.name);
    let message = fault.map(|fault| {
        view! { <span class="message message--bad field__message" prop:textContent=move || fault.get()></span> }
    });
    let fault = MaybeProp::derive(move || fault.and_then(|fault| fault.get()));
    view! {
        <Labelled label=kinds.words.label entry=Entry::of(kinds.words) field_id=id.clone()>
            <ChoiceField options=kinds.options() value=kinds.value() on_change=kinds.setter() id fault />
            {message}
        </Labelled>
    }
}
