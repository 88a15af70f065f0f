//! Training, data and seed, field by field.

use super::check_layers::MAX_PENALTY;
use super::fault::ValidationErrors;
use super::{
    Activation, AdamConfig, DataConfig, DatasetSpec, Experiment, Field, Loss, MnistConfig, OptimizerConfig, Place,
    PlaneConfig, Regularization, RmsPropConfig, SgdConfig, StopRule, TrainingConfig, Validation, thousands,
};
use crate::data::MNIST_N_TRAIN;

/// Smallest epsilon of an optimizer: below it, `f32` may round to 0 and divide by it.
const MIN_EPSILON: f64 = 1e-30;

/// Checks the data set.
pub fn check_data(data: &DataConfig, errors: &mut ValidationErrors) {
    match data {
        DataConfig::Mnist(MnistConfig { n_samples }) => {
            errors.require_in(1..=MNIST_N_TRAIN, *n_samples, Place::Data(Field::NSamples));
        }
        DataConfig::Plane(PlaneConfig { n_samples, noise, features, .. }) => {
            errors.require_in(10..=5_000, *n_samples, Place::Data(Field::NSamples));
            let is_right = (0.0..=0.5).contains(noise);
            errors.require(is_right, Place::Data(Field::Noise), "a number from 0 to 0.5", noise);
            let place = Place::Data(Field::Features);
            errors.require(!features.is_empty(), place.clone(), "at least one", "none");
            let is_double = |i: usize| features[..i].contains(&features[i]);
            // A list of more than seven has a double in its first eight.
            if (1..features.len().min(8)).any(is_double) {
                errors.add(place, "each feature once", "a feature twice");
            }
        }
    }
}

/// Checks the seed.
pub fn check_seed(seed: u64, errors: &mut ValidationErrors) {
    let expected = format!("a whole number up to {}", Experiment::MAX_SEED);
    errors.require(seed <= Experiment::MAX_SEED, Place::Seed, expected, seed);
}

/// Checks the training; the counts of training and validation samples.
pub fn check_training(training: &TrainingConfig, data: &DatasetSpec, errors: &mut ValidationErrors) -> (usize, usize) {
    check_optimizer(&training.optimizer, errors);
    check_learning_rate(training.learning_rate, errors);
    check_batch_size(training.batch_size, errors);
    check_epochs(training.epochs, errors);
    let penalties = match training.regularization {
        Regularization::Keras(regularizer) => vec![("l1", regularizer.l1), ("l2", regularizer.l2)],
        Regularization::ScikitLearn { alpha } => vec![("alpha", alpha)],
    };
    for (name, factor) in penalties {
        let expected = format!("a number from 0 to {} for {name}", thousands(MAX_PENALTY as usize));
        let is_right = (0.0..=MAX_PENALTY).contains(&factor);
        errors.require(is_right, Place::Training(Field::Regularization), expected, factor);
    }
    let parts = check_validation(training.validation, data.n_samples, errors);
    check_stop(training, data, errors);
    parts
}

/// Checks the loss against the data and the network's last activation.
pub fn check_loss(loss: Loss, data: &DatasetSpec, last: Option<Activation>, errors: &mut ValidationErrors) {
    let place = Place::Training(Field::Loss);
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
pub fn check_learning_rate(learning_rate: f64, errors: &mut ValidationErrors) {
    let is_right = learning_rate > 0.0 && learning_rate <= 100.0;
    errors.require(is_right, Place::Training(Field::LearningRate), "a number above 0 and up to 100", learning_rate);
}

/// Checks a number of epochs, also one for a running training.
pub fn check_epochs(epochs: usize, errors: &mut ValidationErrors) {
    errors.require_in(1..=1_000, epochs, Place::Training(Field::Epochs));
}

fn check_batch_size(batch_size: usize, errors: &mut ValidationErrors) {
    errors.require_in(1..=10_000, batch_size, Place::Training(Field::BatchSize));
}

fn check_optimizer(optimizer: &OptimizerConfig, errors: &mut ValidationErrors) {
    let (decays, epsilon) = match *optimizer {
        OptimizerConfig::Sgd(SgdConfig { momentum, .. }) => (vec![("momentum", momentum)], None),
        OptimizerConfig::RmsProp(RmsPropConfig { rho, epsilon }) => (vec![("rho", rho)], Some(epsilon)),
        OptimizerConfig::Adam(AdamConfig { beta_1, beta_2, epsilon }) => {
            (vec![("beta_1", beta_1), ("beta_2", beta_2)], Some(epsilon))
        }
    };
    let place = Place::Training(Field::Optimizer);
    for (name, decay) in decays {
        let expected = format!("a number from 0 to below 1 for {name}");
        errors.require((0.0..1.0).contains(&decay), place.clone(), expected, decay);
    }
    if let Some(epsilon) = epsilon {
        let is_right = (MIN_EPSILON..=1.0).contains(&epsilon);
        errors.require(is_right, place, "a number from 1e-30 to 1 for epsilon", epsilon);
    }
}

fn check_validation(validation: Validation, n_samples: usize, errors: &mut ValidationErrors) -> (usize, usize) {
    let place = Place::Training(Field::Validation);
    let share = match validation {
        Validation::None => return (n_samples, 0),
        Validation::Last { validation_split: share } | Validation::Random { validation_fraction: share } => share,
    };
    if !(share > 0.0 && share < 1.0) {
        errors.add(place, "a number above 0 and below 1", share);
        return (0, 0);
    }
    let (n_train, n_validation) = validation.split(n_samples);
    // A wrong number of samples has been named already.
    if n_samples > 0 && (n_train == 0 || n_validation == 0) {
        let got = format!("{} and {}", thousands(n_train), thousands(n_validation));
        errors.add(place, "at least one sample each to train and to validate", got);
    }
    (n_train, n_validation)
}

fn check_stop(training: &TrainingConfig, data: &DatasetSpec, errors: &mut ValidationErrors) {
    let place = Place::Training(Field::Stop);
    let (n_iter_no_change, tol) = match training.stop {
        StopRule::Never => return,
        StopRule::ValidationScore { n_iter_no_change, tol } | StopRule::TrainingLoss { n_iter_no_change, tol } => {
            (n_iter_no_change, tol)
        }
    };
    if !(1..=1_000).contains(&n_iter_no_change) {
        let expected = "a whole number from 1 to 1,000 for n_iter_no_change";
        errors.add(place.clone(), expected, thousands(n_iter_no_change));
    }
    let is_right = tol >= 0.0 && tol.is_finite();
    errors.require(is_right, place.clone(), "a number of at least 0 for tol", tol);
    if matches!(training.stop, StopRule::ValidationScore { .. }) {
        let has_validation = training.validation != Validation::None;
        errors.require(has_validation, place.clone(), "a validation part for the rule validation_score", "none");
        let expected = "another rule for a regression, which has no accuracy";
        errors.require(!data.is_regression, place, expected, "validation_score");
    }
}
