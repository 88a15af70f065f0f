//! What the experiment's check has to say, sorted to the fields that it is about.

use crate::state::use_app_state;
use inkling_engine::experiment::{ExperimentError, Field, Place};
use leptos::prelude::*;

/// All mistakes of the experiment on the screen.
#[derive(Clone, Copy)]
pub struct Faults(Memo<Vec<ExperimentError>>);

impl Faults {
    /// The message for whatever `is_here` accepts.
    pub fn at(self, is_here: impl Fn(&ExperimentError) -> bool + Send + Sync + 'static) -> Signal<Option<String>> {
        Memo::new(move |_| self.0.read().iter().find(|error| is_here(error)).map(sentence)).into()
    }

    /// The message for a field of the training.
    pub fn training(self, field: Field) -> Signal<Option<String>> {
        self.at(move |error| error.place == Place::Training(field))
    }

    /// The message for one of several numbers that share a field of the training, such as `beta_1` of the optimizer.
    pub fn training_part(self, field: Field, name: &'static str) -> Signal<Option<String>> {
        self.at(move |error| error.place == Place::Training(field) && is_about(error, name))
    }

    /// The message for a field of a layer.
    pub fn layer(self, layer_idx: usize, field: Field) -> Signal<Option<String>> {
        self.at(move |error| is_layer(&error.place, layer_idx, field))
    }

    /// The message for one of several numbers that share a field of a layer, such as `l1` of the regularizer.
    pub fn layer_part(self, layer_idx: usize, field: Field, name: &'static str) -> Signal<Option<String>> {
        self.at(move |error| is_layer(&error.place, layer_idx, field) && is_about(error, name))
    }

    /// The message for a place.
    pub fn place(self, place: Place) -> Signal<Option<String>> {
        self.at(move |error| error.place == place)
    }
}

/// Puts the mistakes into the context.
pub fn provide_faults() {
    let checked = use_app_state().checked;
    provide_context(Faults(Memo::new(move |_| match &*checked.read() {
        Ok(_) => Vec::new(),
        Err(errors) => errors.0.clone(),
    })));
}

/// The mistakes of the experiment on the screen.
///
/// # Panics
/// Outside of a component below [`provide_faults`].
#[must_use]
pub fn use_faults() -> Faults {
    expect_context::<Faults>()
}

/// The check names such numbers at the end: `a number from 0 to below 1 for beta_1`.
fn is_about(error: &ExperimentError, name: &str) -> bool {
    error.expected.strip_suffix(name).is_some_and(|rest| rest.ends_with(" for "))
}

fn is_layer(place: &Place, idx: usize, wanted: Field) -> bool {
    matches!(place, Place::Layer { layer_idx, field, .. } if *layer_idx == idx && *field == wanted)
}

fn sentence(error: &ExperimentError) -> String {
    format!("Expected {}, got {}", error.expected, error.got)
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::experiment::{AdamConfig, OptimizerConfig, Preset};

    #[test]
    fn numbers_that_share_a_field_are_told_apart() {
        let mut experiment = Preset::LessonCnn.experiment();
        experiment.training.optimizer = OptimizerConfig::Adam(AdamConfig { beta_1: 2.0, beta_2: 0.999, epsilon: 0.0 });
        let errors = experiment.check().expect_err("two numbers are wrong").0;
        let about = |name| errors.iter().filter(|error| is_about(error, name)).map(sentence).collect::<Vec<_>>();
        assert_eq!(about("beta_1"), ["Expected a number from 0 to below 1 for beta_1, got 2"]);
        assert_eq!(about("epsilon"), ["Expected a number from 1e-30 to 1 for epsilon, got 0"]);
        assert!(about("beta_2").is_empty());
    }

    #[test]
    fn a_layers_mistake_is_found_by_its_place() {
        let place = Place::Layer { layer_idx: 2, layer_type: "Dense".to_owned(), field: Field::Units };
        assert!(is_layer(&place, 2, Field::Units));
        assert!(!is_layer(&place, 1, Field::Units) && !is_layer(&place, 2, Field::Input));
    }
}
