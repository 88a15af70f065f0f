//! Training and seed: each field against its range, and what they must have in common.

use super::validation_errors::ValidationErrors;
use super::{Activation, DatasetSpec, Experiment, Field, Loss, Place, StopRule, TrainingConfig, Validation, thousands};
use crate::field::{FieldMut, Variants};

/// Checks the seed.
pub fn check_seed(seed: u64, errors: &mut ValidationErrors) {
    check_field(&FieldMut::Seed(&Experiment::SEED, &mut { seed }), Place::Seed, errors);
}

/// Checks the training; the counts of training and validation samples.
pub fn check_training(training: &TrainingConfig, data: &DatasetSpec, errors: &mut ValidationErrors) -> (usize, usize) {
    let TrainingConfig { mut optimizer, mut regularization, mut stop, .. } = *training;
    check_parts(optimizer.fields(), Field::Optimizer, errors);
    check_learning_rate(training.learning_rate, errors);
    check_field(
        &FieldMut::Count(&TrainingConfig::BATCH_SIZE, &mut { training.batch_size }),
        of_training(Field::BatchSize),
        errors,
    );
    check_epochs(training.epochs, data, errors);
    check_parts(regularization.fields(), Field::Regularization, errors);
    let split = check_validation(training.validation, data, errors);
    check_leftover(training, split.0, errors);
    check_parts(stop.fields(), Field::Stop, errors);
    check_stop(training, data, errors);
    split
}

/// Checks the loss against the data and the network's last activation.
pub fn check_loss(loss: Loss, data: &DatasetSpec, last: Option<Activation>, errors: &mut ValidationErrors) {
    let place = of_training(Field::Loss);
    if loss.is_for_classes() && data.is_regression {
        errors.add(place, "a squared error for a regression", loss.as_str());
    } else if data.n_outputs < loss.min_outputs() {
        errors.add(place, "a loss for one output, such as binary_crossentropy", loss.as_str());
    } else if let Some(needed) = loss.last_activation()
        && last != Some(needed)
    {
        let expected = format!("a {} at the end of the network for {}", needed.as_str(), loss.as_str());
        errors.add(place, expected, last.map_or("no activation", Activation::as_str));
    }
}

/// Checks a learning rate, also one for a running training.
pub fn check_learning_rate(mut learning_rate: f64, errors: &mut ValidationErrors) {
    let field = FieldMut::Number(&TrainingConfig::LEARNING_RATE, &mut learning_rate);
    check_field(&field, of_training(Field::LearningRate), errors);
}

/// Checks a number of epochs, also one for a running training.
pub fn check_epochs(mut epochs: usize, data: &DatasetSpec, errors: &mut ValidationErrors) {
    check_field(&FieldMut::Count(data.epochs_field(), &mut epochs), of_training(Field::Epochs), errors);
}

pub(super) fn check_field(field: &FieldMut<'_>, place: Place, errors: &mut ValidationErrors) {
    if let Some((expected, got)) = field.fault() {
        errors.add(place, expected, got);
    }
}

/// Checks fields that share a place.
fn check_parts(fields: Vec<FieldMut<'_>>, place: Field, errors: &mut ValidationErrors) {
    for field in fields {
        if let Some((expected, got)) = field.fault() {
            errors.add_part(of_training(place), field.words().name, &expected, got);
        }
    }
}

fn of_training(field: Field) -> Place {
    Place::Training(field)
}

fn check_validation(mut validation: Validation, data: &DatasetSpec, errors: &mut ValidationErrors) -> (usize, usize) {
    let place = of_training(Field::Validation);
    if let Some((expected, got)) = validation.fields().first().and_then(FieldMut::fault) {
        errors.add(place, expected, got);
        return (0, 0);
    }
    let (n_train, n_validation) = validation.split(data);
    // A wrong number of samples has been named already.
    if validation != Validation::None && data.n_samples > 0 && (n_train == data.n_extra || n_validation == 0) {
        let got = format!("{} and {}", thousands(n_train), thousands(n_validation));
        errors.add(place, "at least one sample each to train and to validate", got);
    }
    (n_train, n_validation)
}

/// Carried samples need a full batch in every epoch.
fn check_leftover(training: &TrainingConfig, n_train: usize, errors: &mut ValidationErrors) {
    if training.carry_leftover && n_train > 0 && training.batch_size > n_train {
        let expected = format!("at most the {} training samples with carry_leftover", thousands(n_train));
        errors.add(of_training(Field::BatchSize), expected, thousands(training.batch_size));
    }
}

fn check_stop(training: &TrainingConfig, data: &DatasetSpec, errors: &mut ValidationErrors) {
    if let StopRule::ValidationScore { .. } = training.stop {
        let place = of_training(Field::Stop);
        let has_validation = training.validation != Validation::None;
        errors.require(has_validation, place.clone(), "a validation part for the rule validation_score", "none");
        let expected = "another rule for a regression, which has no accuracy";
        errors.require(!data.is_regression, place, expected, "validation_score");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::{OptimizerConfig, Preset, Regularization};
    use super::*;
    use serde::Serialize;
    use serde_json::Value;

    /// Fields have the names that they have in JSON, and defaults that are in their ranges.
    #[track_caller]
    fn check(value: impl Serialize, fields: &[FieldMut<'_>]) {
        let json = serde_json::to_value(value).unwrap();
        for field in fields {
            let (name, part) = field.words().field_and_part();
            let at =
                |json: &Value, part: &str| json.get(part).or_else(|| json.get(part.parse::<usize>().ok()?)).is_some();
            assert!(
                json.get(name).is_some_and(|json| part.is_none_or(|part| at(json, part))),
                "{name} is not in {json}"
            );
            assert_eq!(field.fault(), None, "{name} in {json}");
        }
    }

    fn check_variants<T: Variants + Serialize + Clone>() {
        for (kind_idx, mut kind) in T::all().into_iter().enumerate() {
            assert_eq!(kind.kind_idx(), kind_idx, "{}", kind.title());
            let value = kind.clone();
            check(value, &kind.fields());
            let mut first = T::all().swap_remove(0);
            first.choose(kind_idx);
            assert_eq!(first.title(), kind.title());
        }
    }

    #[test]
    fn fields_are_named_as_in_json_and_have_defaults_in_range() {
        check_variants::<OptimizerConfig>();
        check_variants::<Regularization>();
        check_variants::<Validation>();
        check_variants::<StopRule>();
        check_variants::<Loss>();
        for preset in Preset::ALL {
            let mut experiment = preset.experiment();
            // A switch that is off is left out.
            experiment.training.carry_leftover = true;
            if let Some(digits) = experiment.data.digits_mut() {
                // And what changes nothing.
                (digits.shuffle_pixels, digits.label_noise, digits.augmentation.noise) = (true, 0.5, 0.5);
                (digits.class_weight.0[0], digits.own_digits.n) = (0.0, 1);
            }
            check(experiment.training.clone(), &experiment.training.fields());
            check(experiment.data.clone(), &experiment.data.fields());
            check(experiment.clone(), &[experiment.seed_field()]);
        }
    }

    #[test]
    fn another_rule_keeps_the_numbers() {
        let share = Validation::Last { validation_split: 0.25 };
        let chosen = Validation::Random { validation_fraction: 0.1 };
        assert_eq!(share.switched(chosen), Validation::Random { validation_fraction: 0.25 });
        assert_eq!(Validation::None.switched(chosen), chosen);
        let patient = StopRule::TrainingLoss { n_iter_no_change: 3, tol: 0.5 };
        let expected = StopRule::ValidationScore { n_iter_no_change: 3, tol: 0.5 };
        assert_eq!(patient.switched(StopRule::EARLY_STOPPING), expected);
        assert_eq!(patient.switched(StopRule::Never), StopRule::Never);
    }
}
