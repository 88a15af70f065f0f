//! What is changed in the data that the network learns from.

use super::field_editor::{Always, count, find, number, switch, switch_editor};
use super::settings_group::SettingsGroup;
use crate::components::data_words;
use crate::components::fields::{Labelled, NumberField, Slider, use_field_errors};
use crate::components::glossary::Entry;
use crate::components::{Term, fresh_id, percent_of_labels};
use crate::plot::number::thousands;
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{Experiment, Field, OwnDigitsConfig, Place};
use inkling_engine::field::{FieldMut, FieldWords};
use leptos::prelude::*;

/// Percents of wrong labels that the slider offers.
const N_PERCENTS: usize = 51;

/// Behind a summary that names what is changed.
#[component]
pub fn DataSettings() -> impl IntoView {
    let state = use_app_state();
    let remark = Signal::derive(move || {
        state.experiment.read().data.digits().map(|digits| data_words(digits).join(" · ")).unwrap_or_default()
    });
    let fault = use_field_errors().at(|error| {
        let inside = [Field::LabelNoise, Field::Augmentation, Field::ClassWeight, Field::OwnDigits];
        matches!(error.place, Place::Data(field) if inside.contains(&field))
    });
    view! {
        <SettingsGroup title="Data settings" remark fault>
            <p class="muted more__why">"Change what the network learns from, and see what it needs. Validation and test images keep their labels."</p>
            <div class="training">
                <LabelNoiseField />
                <ShuffleSwitch />
            </div>
            <AugmentationFields />
            <ClassWeightFields />
            <OwnDigitsLine />
        </SettingsGroup>
    }
}

fn fields(experiment: &mut Experiment) -> Vec<FieldMut<'_>> {
    experiment.data.fields()
}

/// The words of the data set's field of that name, if it has one.
fn words_of(name: &str) -> Option<FieldWords> {
    let mut experiment = use_app_state().experiment.get_untracked();
    find(fields(&mut experiment), name).map(|field| field.words())
}

/// What is wrong with a field, or with the part of it that a name such as `augmentation.shift` ends with.
fn fault_of(field: Field, name: &'static str) -> Signal<Option<String>> {
    let part = name.split_once('.').map(|(_, part)| part);
    use_field_errors().at(move |error| error.place == Place::Data(field) && error.part == part)
}

#[component]
fn LabelNoiseField() -> impl IntoView {
    let name = "label_noise";
    let (editor, id, share) = (use_editor(), fresh_id(name), number(fields, name));
    let (value, set) = (editor.value(share), editor.setter(share));
    words_of(name).map(|words| {
        view! {
            <Labelled
                label=words.label
                entry=Entry::of(words)
                field_id=id.clone()
                remark=Signal::derive(move || percent_of_labels(value.get()))
            >
                <NumberField value on_change=set fault=fault_of(Field::LabelNoise, name) id />
                <Slider
                    name="Label noise, as a slider"
                    n_stops=N_PERCENTS
                    stop=Signal::derive(move || (100.0 * value.get()).round().clamp(0.0, 50.0) as usize)
                    text=Signal::derive(move || format!("{} of the training labels", percent_of_labels(value.get())))
                    on_change=move |percent| set(percent as f64 / 100.0)
                />
            </Labelled>
        }
    })
}

#[component]
fn ShuffleSwitch() -> impl IntoView {
    let name = "shuffle_pixels";
    let (editor, part) = (use_editor(), switch(fields, name));
    words_of(name).map(|words| switch_editor(words, editor.value(part), editor.setter(part)))
}

/// The four amounts, side by side.
#[component]
fn AugmentationFields() -> impl IntoView {
    const NAMES: [&str; 4] =
        ["augmentation.shift", "augmentation.rotation", "augmentation.scale", "augmentation.noise"];
    let entry = words_of(NAMES[0]).map(Entry::of);
    view! {
        <fieldset class="more__group">
            <legend class="field__head">
                <span class="field__label">"Augmentation"</span>
                {entry.map(|entry| view! { <Term entry /> })}
            </legend>
            <div class="more__row more__row--4">
                {NAMES.map(|name| view! { <NumberCell name field=Field::Augmentation /> }).collect_view()}
            </div>
        </fieldset>
    }
}

/// A number below its name.
#[component]
fn NumberCell(
    /// The field's name in the data set.
    name: &'static str,
    /// Where the check places its mistakes.
    field: Field,
) -> impl IntoView {
    let (editor, id, part) = (use_editor(), fresh_id("data-number"), number(fields, name));
    words_of(name).map(|words| {
        let label =
            if words.unit.is_empty() { words.label.to_owned() } else { format!("{}, {}", words.label, words.unit) };
        view! {
            <div class="more__cell">
                <label class="more__name" for=id.clone()>
                    {label}
                </label>
                <NumberField value=editor.value(part) on_change=editor.setter(part) fault=fault_of(field, name) id />
            </div>
        }
    })
}

/// A weight for each digit, on demand.
#[component]
fn ClassWeightFields() -> impl IntoView {
    const NAMES: [&str; 10] = [
        "class_weight.0",
        "class_weight.1",
        "class_weight.2",
        "class_weight.3",
        "class_weight.4",
        "class_weight.5",
        "class_weight.6",
        "class_weight.7",
        "class_weight.8",
        "class_weight.9",
    ];
    let state = use_app_state();
    let entry = words_of(NAMES[0]).map(Entry::of);
    let all_zero =
        use_field_errors().at(|error| error.place == Place::Data(Field::ClassWeight) && error.part.is_none());
    let is_changed =
        state.experiment.read_untracked().data.digits().is_some_and(|digits| !digits.class_weight.is_even());
    view! {
        <details class="details more__group" open=is_changed>
            <summary>"Class weights"</summary>
            <p class="muted">
                "What the images of each digit count in the loss; 0 leaves a digit out. " {entry.map(|entry| view! { <Term entry /> })}
            </p>
            <div class="more__row more__row--10" role="group" aria-label="Weight of each digit">
                {NAMES.map(|name| view! { <NumberCell name field=Field::ClassWeight /> }).collect_view()}
            </div>
            <p class="message message--bad" prop:textContent=move || all_zero.get()></p>
        </details>
    }
}

/// The own digits that the experiment is trained on, and a way to do without.
#[component]
fn OwnDigitsLine() -> impl IntoView {
    let (state, editor) = (use_app_state(), use_editor());
    let own = Memo::new(move |_| state.experiment.read().data.digits().map(|digits| digits.own_digits));
    let n = count(fields, "own_digits.n");
    let text = move || {
        own.get().map(|own| {
            format!(
                "Also trained on {} own digits, each counted as {} images.",
                thousands(own.n),
                thousands(own.weight)
            )
        })
    };
    let drop_all: Always<OwnDigitsConfig> =
        |experiment| experiment.data.digits_mut().map(|digits| &mut digits.own_digits);
    let leave_out = editor.setter(drop_all);
    view! {
        <Show when=move || editor.value(n).get() != 0>
            <p class="more__group" data-testid="own-digits-line">
                <span prop:textContent=text></span>
                " "
                <button type="button" class="button button--quiet" on:click=move |_| leave_out(OwnDigitsConfig::default())>
                    "use none"
                </button>
            </p>
        </Show>
    }
}
