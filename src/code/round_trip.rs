//! What is printed is read as the same experiment, in all that the language can say.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use super::random_experiments::experiment;
use super::{keras_script, penalty, read, scikit_learn_script};
use inkling_engine::experiment::*;
use proptest::prelude::*;

/// The experiment as Keras can say it: penalties per layer in Keras' convention, no carried samples.
fn in_keras(checked: &CheckedExperiment) -> Experiment {
    let mut experiment = checked.experiment().clone();
    let penalties = penalty::of_layers(checked);
    let shared = penalty::shared(&penalties).filter(|penalty| !penalty.is_none());
    for (layer, penalty) in experiment.network.iter_mut().zip(penalties) {
        let own = if shared.is_some() { Regularizer::default() } else { penalty.unwrap_or_default() };
        match layer {
            LayerConfig::Dense(dense) => dense.kernel_regularizer = own,
            LayerConfig::Conv2D(conv) => conv.kernel_regularizer = own,
            _ => {}
        }
    }
    experiment.training.regularization = shared.map_or(Regularization::NONE, Regularization::Keras);
    experiment.training.carry_leftover = false;
    experiment
}

/// The experiment as scikit-learn can say it: its own initializer, penalty and optimizers.
fn in_scikit_learn(checked: &CheckedExperiment) -> Experiment {
    let mut experiment = checked.experiment().clone();
    let penalties = penalty::of_layers(checked);
    for layer in &mut experiment.network {
        if let LayerConfig::Dense(dense) = layer {
            (dense.kernel_initializer, dense.kernel_regularizer) = (Initializer::ScikitLearn, Regularizer::default());
        }
    }
    // A Flatten after a Flatten does nothing.
    experiment.network.retain(|layer| *layer != LayerConfig::FLATTEN);
    experiment.network.insert(0, LayerConfig::FLATTEN);
    let training = &mut experiment.training;
    training.carry_leftover = false;
    training.optimizer = match training.optimizer {
        OptimizerConfig::RmsProp(_) | OptimizerConfig::AdamW(_) => OptimizerConfig::ADAM_SCIKIT_LEARN,
        kept => kept,
    };
    if !matches!(training.regularization, Regularization::ScikitLearn { .. }) {
        let l2 = penalty::shared(&penalties).unwrap_or_default().l2;
        training.regularization = Regularization::ScikitLearn { alpha: 2.0 * l2 * training.batch_size as f64 };
    }
    training.stop = match training.stop {
        StopRule::TrainingLoss { n_iter_no_change, .. } if n_iter_no_change >= training.epochs => StopRule::Never,
        kept => kept,
    };
    if let (StopRule::ValidationScore { .. }, Validation::Last { validation_split }) =
        (training.stop, training.validation)
    {
        training.validation = Validation::Random { validation_fraction: validation_split };
    }
    experiment
}

#[track_caller]
fn check_keras(checked: &CheckedExperiment) {
    let code = keras_script(checked).text();
    let built = read(&code, checked.experiment()).unwrap_or_else(|error| panic!("{error}\n{code}"));
    assert_eq!(built.experiment, in_keras(checked), "{code}");
    assert_eq!(built.n_params, checked.n_params());
}

/// Whether scikit-learn has such a network.
#[track_caller]
fn check_scikit_learn(checked: &CheckedExperiment) -> bool {
    let code = scikit_learn_script(checked).text();
    if !code.contains("MLPClassifier(") {
        return false;
    }
    let built = read(&code, checked.experiment()).unwrap_or_else(|error| panic!("{error}\n{code}"));
    assert_eq!(built.experiment, in_scikit_learn(checked), "{code}");
    true
}

#[test]
fn presets_are_read_as_they_are_printed() {
    for preset in Preset::ALL {
        // The empty one has no network to print.
        let Ok(checked) = preset.experiment().check() else { continue };
        check_keras(&checked);
        let is_in_scikit_learn = check_scikit_learn(&checked);
        assert_eq!(is_in_scikit_learn, preset != Preset::LessonCnn, "{preset:?}");
    }
    // These are scikit-learn's own words: nothing is lost.
    let mlp_40 = Preset::Mlp40.experiment();
    let code = scikit_learn_script(&mlp_40.check().unwrap()).text();
    assert_eq!(read(&code, &mlp_40).unwrap().experiment, mlp_40);
}

#[test]
fn points_of_the_plane_are_not_printed() {
    let checked = PlanePreset::Spiral.experiment().check().unwrap();
    assert!(keras_script(&checked).text().contains("Points of the plane are not printed"));
    assert!(scikit_learn_script(&checked).text().contains("Points of the plane are not printed"));
}

#[test]
fn what_prevents_scikit_learn_is_named() {
    let code = scikit_learn_script(&Preset::LessonCnn.experiment().check().unwrap()).text();
    for obstacle in ["layer 1 (Conv2D)", "layer 2 (MaxPooling2D)", "layer 6 (Dropout)"] {
        assert!(code.contains(obstacle), "{code}");
    }
    assert!(!code.contains("layer 5") && code.lines().all(|line| line.starts_with('#')), "{code}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn experiments_are_read_as_they_are_printed(experiment in experiment()) {
        let checked = experiment.check();
        prop_assume!(checked.is_ok());
        let checked = checked.unwrap();
        check_keras(&checked);
        check_scikit_learn(&checked);
    }

    #[test]
    fn any_text_is_read_or_refused(code in "[a-zA-Z0-9_=()\\[\\]{},.:'\"#+*/ \\n-]{0,200}") {
        let _ = read(&code, &Preset::Mlp40.experiment());
    }
}
