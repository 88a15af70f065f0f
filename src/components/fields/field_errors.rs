//! What the experiment's check has to say, sorted to the fields that it is about.

use crate::state::use_app_state;
use inkling_engine::experiment::{ExperimentError, Field, Place};
use leptos::prelude::*;

/// All errors of the experiment on the screen.
#[derive(Clone, Copy)]
pub struct FieldErrors(Memo<Vec<ExperimentError>>);

impl FieldErrors {
    /// The message of the first error that `is_here` accepts.
    pub fn at(self, is_here: impl Fn(&ExperimentError) -> bool + Send + Sync + 'static) -> Signal<Option<String>> {
        Memo::new(move |_| self.0.read().iter().find(|error| is_here(error)).map(sentence)).into()
    }

    /// The message for a field of the training.
    pub fn training(self, field: Field) -> Signal<Option<String>> {
        self.at(move |error| error.place == Place::Training(field))
    }

    /// The message for one of several numbers that share a field of the training, such as `beta_1` of the optimizer.
    pub fn training_part(self, field: Field, part: &'static str) -> Signal<Option<String>> {
        self.at(move |error| error.place == Place::Training(field) && error.part == Some(part))
    }

    /// The message for a field of a layer, or for one of several numbers that share it, such as `l1` of a regularizer.
    pub fn layer(self, layer_idx: usize, field: &'static str, part: Option<&'static str>) -> Signal<Option<String>> {
        self.at(move |error| is_of_layer(error, layer_idx, field, part))
    }

    /// What a field of a layer has got instead of what it expects.
    pub fn got_by_layer(self, layer_idx: usize, field: &'static str) -> Signal<Option<String>> {
        let got = move |error: &ExperimentError| is_of_layer(error, layer_idx, field, None).then(|| error.got.clone());
        Memo::new(move |_| self.0.read().iter().find_map(got)).into()
    }

    /// The message for a place.
    pub fn place(self, place: Place) -> Signal<Option<String>> {
        self.at(move |error| error.place == place)
    }
}

/// Puts the errors into the context.
pub fn provide_field_errors() {
    let checked = use_app_state().checked;
    provide_context(FieldErrors(Memo::new(move |_| match &*checked.read() {
        Ok(_) => Vec::new(),
        Err(errors) => errors.0.clone(),
    })));
}

/// The errors of the experiment on the screen.
///
/// # Panics
/// Outside of a component below [`provide_field_errors`].
#[must_use]
pub fn use_field_errors() -> FieldErrors {
    expect_context::<FieldErrors>()
}

fn is_of_layer(error: &ExperimentError, layer_idx: usize, field: &str, part: Option<&str>) -> bool {
    let is_field =
        matches!(&error.place, Place::Layer { layer_idx: idx, field: name, .. } if *idx == layer_idx && *name == field);
    is_field && error.part == part
}

fn sentence(error: &ExperimentError) -> String {
    format!("Expected {}, got {}", error.expected, error.got)
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::experiment::{AdamConfig, Experiment, LayerConfig, OptimizerConfig, Preset, Regularizer};

    fn errors(change: impl FnOnce(&mut Experiment)) -> Vec<ExperimentError> {
        let mut experiment = Preset::LessonCnn.experiment();
        change(&mut experiment);
        experiment.check().expect_err("something is wrong").0
    }

    #[test]
    fn numbers_that_share_a_field_are_told_apart() {
        let errors = errors(|experiment| {
            experiment.training.optimizer =
                OptimizerConfig::Adam(AdamConfig { beta_1: 2.0, beta_2: 0.999, epsilon: 0.0 });
        });
        let about = |part| errors.iter().filter(|error| error.part == Some(part)).map(sentence).collect::<Vec<_>>();
        assert_eq!(about("beta_1"), ["Expected a number from 0 to below 1 for beta_1, got 2"]);
        assert_eq!(about("epsilon"), ["Expected a number from 1e-30 to 1 for epsilon, got 0"]);
        assert!(about("beta_2").is_empty());
    }

    #[test]
    fn a_layers_error_is_found_by_its_place() {
        let errors = errors(|experiment| {
            if let LayerConfig::Dense(dense) = &mut experiment.network[6] {
                dense.units = 0;
                dense.kernel_regularizer = Regularizer { l1: 0.0, l2: -1.0 };
            }
        });
        let count =
            |layer_idx, field, part| errors.iter().filter(|error| is_of_layer(error, layer_idx, field, part)).count();
        assert_eq!(count(6, "units", None), 1);
        assert_eq!((count(5, "units", None), count(6, "input", None)), (0, 0));
        assert_eq!(count(6, "kernel_regularizer", Some("l2")), 1);
        assert_eq!(count(6, "kernel_regularizer", Some("l1")), 0);
    }
}
