//! The editor of one field of a layer, made from the engine's spec of it.

use crate::components::fields::{ChoiceField, NumberField, NumberText, SwitchField, use_field_errors};
use crate::state::{Part, use_app_state, use_editor};
use inkling_engine::experiment::{Experiment, LayerConfig};
use inkling_engine::field::{Choice, FieldMut, FieldWords};
use leptos::prelude::*;

/// What the page needs to know of a layer's fields: their words, in order.
#[must_use]
pub fn field_words(layer: &LayerConfig) -> Vec<FieldWords> {
    layer.clone().fields().iter().map(FieldMut::words).collect()
}

/// What a field is called for ears: `units of layer 3`.
#[must_use]
pub fn name_of(layer_idx: usize, what: &str) -> String {
    format!("{what} of layer {}", layer_idx + 1)
}

/// The field at `field_idx` of the layer at `layer_idx`.
#[component]
pub fn LayerField(layer_idx: usize, field_idx: usize) -> impl IntoView {
    let mut layer = use_app_state().experiment.read_untracked().network.get(layer_idx).cloned();
    let place = Place { layer_idx, field_idx };
    let field = layer.as_mut().and_then(|layer| layer.fields().into_iter().nth(field_idx));
    field.map(|field| match field {
        FieldMut::Number(spec, _) => place.number(spec.words, place.part(|field| field.number())).into_any(),
        FieldMut::Count(spec, _) => place.number(spec.words, place.part(|field| field.count())).into_any(),
        FieldMut::Seed(spec, _) => place.number(spec.words, place.part(|field| field.seed())).into_any(),
        FieldMut::Pair(spec, _) => place.pair(spec.words, move |side| spec.range.contains(side)).into_any(),
        FieldMut::Choice(spec, choice) => place.choice(spec.words, choice).into_any(),
        FieldMut::Switch(spec, _) => place.switch(spec.words).into_any(),
    })
}

/// Where a field is.
#[derive(Clone, Copy)]
struct Place {
    layer_idx: usize,
    field_idx: usize,
}

impl Place {
    fn find(self, experiment: &mut Experiment) -> Option<FieldMut<'_>> {
        experiment.network.get_mut(self.layer_idx)?.fields().into_iter().nth(self.field_idx)
    }

    fn part<T: 'static>(self, value: fn(FieldMut<'_>) -> Option<&mut T>) -> impl Part<T> {
        move |experiment: &mut Experiment| self.find(experiment).and_then(value)
    }

    fn error(self, words: FieldWords) -> Signal<Option<String>> {
        let (field, part) = words.field_and_part();
        use_field_errors().layer(self.layer_idx, field, part)
    }

    fn number<T: NumberText + Default>(self, words: FieldWords, part: impl Part<T>) -> impl IntoView {
        let editor = use_editor();
        view! {
            <NumberField
                value=editor.value(part)
                on_change=editor.setter(part)
                fault=self.error(words)
                name=name_of(self.layer_idx, words.label)
                is_inline=true
            />
        }
    }

    /// Two small number fields with a cross between.
    fn pair(
        self,
        words: FieldWords,
        is_in_range: impl Fn(usize) -> bool + Copy + Send + Sync + 'static,
    ) -> impl IntoView {
        let (editor, part) = (use_editor(), self.part(|field| field.pair()));
        let (pair, error) = (editor.value(part), self.error(words));
        // The check speaks about both sides at once; the message is shown at the side that is out of range.
        let is_at_second = move || !is_in_range(pair.read()[1]) && is_in_range(pair.read()[0]);
        let side = move |side: usize| {
            let fault = Signal::derive(move || error.get().filter(|_| is_at_second() == (side == 1)));
            let set = move |length| {
                editor.edit(|experiment| {
                    if let Some(pair) = part(experiment) {
                        pair[side] = length;
                    }
                });
            };
            let value = Memo::new(move |_| pair.read()[side]);
            let name = name_of(self.layer_idx, words.pair[side]);
            view! { <NumberField value on_change=set fault name is_inline=true /> }
        };
        view! {
            {side(0)}
            <span class="layer__times">"×"</span>
            {side(1)}
        }
    }

    fn choice(self, words: FieldWords, choice: &dyn Choice) -> impl IntoView {
        let (state, editor, fault) = (use_app_state(), use_editor(), self.error(words));
        let options = choice.options().iter().copied().enumerate().collect::<Vec<_>>();
        let value = Memo::new(move |former: Option<&usize>| {
            let mut layer = state.experiment.read().network.get(self.layer_idx).cloned();
            let field = layer.as_mut().and_then(|layer| layer.fields().into_iter().nth(self.field_idx));
            field.and_then(FieldMut::choice).map(|choice| choice.selected()).or(former.copied()).unwrap_or_default()
        });
        let choose = move |option_idx| {
            editor.edit(|experiment| {
                if let Some(choice) = self.find(experiment).and_then(FieldMut::choice) {
                    choice.select(option_idx);
                }
            });
        };
        view! {
            <ChoiceField options value on_change=choose name=name_of(self.layer_idx, words.label) fault />
            <span class="message message--bad field__message" prop:textContent=move || fault.get()></span>
        }
    }

    fn switch(self, words: FieldWords) -> impl IntoView {
        let (editor, part) = (use_editor(), self.part(|field| field.switch()));
        view! { <SwitchField label=words.label value=editor.value(part) on_change=editor.setter(part) /> }
    }
}
