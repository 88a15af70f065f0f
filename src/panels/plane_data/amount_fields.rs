//! How many points there are, how many of them train, and how noisy they are.

use super::data_edits::plane_mut;
use super::stops_slider::StopsSlider;
use super::words::TRAINING_SHARE;
use crate::components::fields::{Labelled, NumberField, use_field_errors};
use crate::components::fresh_id;
use crate::components::glossary::Entry;
use crate::components::plane::plane_of;
use crate::plot::number::{plain, thousands};
use crate::protocol::Phase;
use crate::state::{use_app_state, use_editor};
use inkling_engine::experiment::{Experiment, Field, Place, PlaneConfig, PlaneDataset, TrainingConfig, Validation};
use inkling_engine::field::FieldMut;
use leptos::prelude::*;

/// Whether a run would lose what it has learned to a number that is half typed: then fields wait for Enter.
pub fn use_waits() -> Signal<bool> {
    let state = use_app_state();
    Memo::new(move |_| matches!(state.run.phase(), Phase::Loading | Phase::Training | Phase::Paused)).into()
}

/// Whether the points are drawn at random, not set one by one.
fn use_is_drawn() -> Memo<bool> {
    let state = use_app_state();
    Memo::new(move |_| {
        plane_of(&state.experiment.read().data).is_some_and(|plane| plane.dataset != PlaneDataset::Points)
    })
}

/// The share that is trained on, in percent.
#[component]
pub fn ShareField() -> impl IntoView {
    let (state, editor, id) = (use_app_state(), use_editor(), fresh_id("share"));
    let value = Memo::new(move |_| percent_of(state.experiment.read().training.validation));
    let set = move |percent: f64| {
        editor.edit(|experiment| {
            experiment.training.validation = Validation::Last { validation_split: (100.0 - percent) / 100.0 };
        });
    };
    let errors = use_field_errors().training(Field::Validation);
    let fault = Signal::derive(move || {
        errors.get().map(|_| format!("Expected a number above 0 and below 100, got {}", plain(value.get())))
    });
    view! {
        <Labelled label="Training data" entry=TRAINING_SHARE field_id=id.clone() remark="%">
            <NumberField value on_change=set is_live=use_waits() fault id />
            <StopsSlider
                name="Training data, as a slider"
                stops=(1..=9).map(|tenth| f64::from(tenth) * 10.0).collect()
                value
                on_change=set
            />
        </Labelled>
    }
}

/// The noise, as Playground counts it: from 0 to 50. Own points have none.
#[component]
pub fn NoiseField() -> impl IntoView {
    let is_drawn = use_is_drawn();
    view! {
        <Show when=move || is_drawn.get()>
            <NoiseAmount />
        </Show>
    }
}

#[component]
fn NoiseAmount() -> impl IntoView {
    let (state, editor, id) = (use_app_state(), use_editor(), fresh_id("noise"));
    let value = Memo::new(move |_| {
        plane_of(&state.experiment.read().data).map_or(0.0, |plane| without_rounding_error(plane.noise * 100.0))
    });
    let set = move |noise: f64| {
        editor.edit(|experiment| {
            if let Some(plane) = plane_mut(experiment) {
                plane.noise = noise / 100.0;
            }
        });
    };
    let errors = use_field_errors().place(Place::Data(Field::Noise));
    let fault = Signal::derive(move || {
        errors.get().map(|_| format!("Expected a number from 0 to 50, got {}", plain(value.get())))
    });
    view! {
        <Labelled label="Noise" entry=entry_of("noise") field_id=id.clone()>
            <NumberField value on_change=set is_live=use_waits() fault id />
            <StopsSlider
                name="Noise, as a slider"
                stops=(0..=10).map(|step| f64::from(step) * 5.0).collect()
                value
                on_change=set
            />
        </Labelled>
    }
}

/// Points in each batch.
#[component]
pub fn BatchField() -> impl IntoView {
    let words = TrainingConfig::BATCH_SIZE.words;
    view! {
        <CountField
            label=words.label
            entry=Entry::of(words)
            slider_name="Batch size, as a slider"
            stops=(1..=30).collect()
            part=|experiment: &mut Experiment| Some(&mut experiment.training.batch_size)
            fault=use_field_errors().training(Field::BatchSize)
        />
    }
}

/// Points in all; own points are counted, not typed.
#[component]
pub fn PointsField() -> impl IntoView {
    let is_drawn = use_is_drawn();
    let fault = use_field_errors().place(Place::Data(Field::NSamples));
    view! {
        <Show when=move || is_drawn.get()>
            <CountField
                label="Points"
                entry=entry_of("n_samples")
                slider_name="Points, as a slider"
                stops=vec![10, 20, 50, 100, 200, 300, 400, 500, 800, 1_200, 2_000, 3_000, 4_000, 5_000]
                part=|experiment: &mut Experiment| plane_mut(experiment).map(|plane| &mut plane.n_samples)
                fault
            />
        </Show>
    }
}

/// How many points train and test.
#[component]
pub fn SplitLine() -> impl IntoView {
    let state = use_app_state();
    let text = Memo::new(move |_| match &*state.checked.read() {
        Ok(checked) => {
            format!("{} points to train, {} to test", thousands(checked.n_train()), thousands(checked.n_validation()))
        }
        Err(_) => String::new(),
    });
    view! { <p class="muted plane-data__split" translate="no" data-testid="plane-split">{move || text.get()}</p> }
}

#[component]
fn CountField(
    label: &'static str,
    entry: Entry,
    slider_name: &'static str,
    stops: Vec<u32>,
    part: fn(&mut Experiment) -> Option<&mut usize>,
    #[prop(into)] fault: Signal<Option<String>>,
) -> impl IntoView {
    let (editor, id) = (use_editor(), fresh_id("count"));
    let (value, set) = (editor.value(part), editor.setter(part));
    view! {
        <Labelled label entry field_id=id.clone()>
            <NumberField value on_change=set is_live=use_waits() fault id />
            <StopsSlider
                name=slider_name
                stops=stops.into_iter().map(f64::from).collect()
                value=Signal::derive(move || value.get() as f64)
                on_change=move |count| set(count as usize)
            />
        </Labelled>
    }
}

/// What the engine says of a field of the plane.
fn entry_of(name: &str) -> Entry {
    let mut plane = PlaneConfig::default();
    let fields = inkling_engine::data::DatasetKind::fields(&mut plane);
    let words = fields.iter().map(FieldMut::words).find(|words| words.name == name);
    words.map_or(Entry { name: "", text: "" }, Entry::of)
}

/// The share that is trained on, in percent; all where nothing is kept back.
fn percent_of(validation: Validation) -> f64 {
    let kept_back = match validation {
        Validation::None => 0.0,
        Validation::Last { validation_split } => validation_split,
        Validation::Random { validation_fraction } => validation_fraction,
    };
    without_rounding_error(100.0 - kept_back * 100.0)
}

fn without_rounding_error(number: f64) -> f64 {
    if number.abs() < 1e6 { (number * 1e6).round() / 1e6 } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_as_they_were_typed() {
        for percent in 1..100 {
            let validation_split = (100.0 - f64::from(percent)) / 100.0;
            assert_eq!(percent_of(Validation::Last { validation_split }), f64::from(percent));
        }
        assert_eq!(percent_of(Validation::None), 100.0);
    }
}
