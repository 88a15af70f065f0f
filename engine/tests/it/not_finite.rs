//! Numbers that are not finite, wherever they first appear: the run ends with a diagnosis, the weights stay finite.

use crate::subjects::{dense, plane_experiment, small_cnn, tiny_digits};
use inkling_engine::data::{Dataset, Inputs, Targets};
use inkling_engine::experiment::{
    Activation, Experiment, Initializer, LayerConfig, OptimizerConfig, PlaneDataset, Regularization, Regularizer,
    Validation,
};
use inkling_engine::history::StopReason;
use inkling_engine::model::Model;
use inkling_engine::model_file::{self, ModelFileError};
use inkling_engine::trainer::{Stage, Trainer};
use std::sync::Arc;

/// A linear model of two inputs that starts at 0, on 100 samples, the last 20 of which validate.
fn linear(learning_rate: f64) -> Experiment {
    let mut experiment = plane_experiment(PlaneDataset::Plane);
    if let inkling_engine::experiment::DataConfig::Plane(inkling_engine::experiment::PlaneConfig {
        n_samples, ..
    }) = &mut experiment.data
    {
        *n_samples = 100;
    }
    experiment.network = vec![dense(1, Activation::Linear)];
    if let LayerConfig::Dense(config) = &mut experiment.network[0] {
        config.kernel_initializer = Initializer::Zeros;
    }
    experiment.training.optimizer = OptimizerConfig::SGD;
    experiment.training.learning_rate = learning_rate;
    experiment.training.batch_size = 80;
    experiment.training.epochs = 5;
    experiment.training.shuffle = false;
    experiment.training.validation = Validation::Last { validation_split: 0.2 };
    experiment
}

/// 80 samples of `train` and 20 of `validation`, both coordinates alike, with targets of 1.
fn dataset(train: f32, validation: f32) -> Arc<Dataset> {
    let inputs = (0..200).map(|i| if i < 160 { train } else { validation }).collect();
    let targets = Targets::Values { values: vec![1.0; 100], n_outputs: 1 };
    Arc::new(Dataset::new(Inputs::Numbers(inputs), 2, targets).unwrap())
}

#[track_caller]
fn assert_ends_not_finite(trainer: &mut Trainer, at: (usize, usize)) {
    let reason = trainer.run();
    let StopReason::NotFinite { epoch, step, .. } = reason else { panic!("{reason:?}") };
    assert_eq!((epoch, step), at);
    assert_eq!(trainer.stage(), Stage::Finished(reason));
    assert!(trainer.model().weights().iter().all(|weight| weight.is_finite()));
}

#[test]
fn a_validation_loss_that_overflows_ends_the_run() {
    // One update makes both weights 1: the outputs for the validation samples are beyond `f32`.
    let mut trainer = Trainer::new(linear(1.0).check().unwrap(), dataset(1.0, 3e38)).unwrap();
    assert_ends_not_finite(&mut trainer, (1, 1));
    assert!(trainer.history().epochs.len() == 1 && !trainer.history().epochs[0].val_loss.unwrap().is_finite());
}

#[test]
fn a_gradient_that_overflows_changes_no_weight() {
    // The outputs are 0 and the loss is ½, but 25 inputs of 1e38 add up to infinity.
    let mut trainer = Trainer::new(linear(1e-30).check().unwrap(), dataset(1e38, 1.0)).unwrap();
    assert_ends_not_finite(&mut trainer, (1, 1));
    assert_eq!(trainer.model().weights(), [0.0; 3]);
}

#[test]
fn weights_that_overflow_go_back_to_those_before_the_update() {
    // Two updates an epoch: the run must end with the first.
    let mut experiment = linear(100.0);
    experiment.training.batch_size = 40;
    let mut trainer = Trainer::new(experiment.check().unwrap(), dataset(5e36, 1.0)).unwrap();
    assert_ends_not_finite(&mut trainer, (1, 1));
    assert_eq!(trainer.model().weights(), [0.0; 3], "the weights from before the update");
}

#[test]
fn a_penalty_that_overflows_ends_the_run() {
    let mut experiment = linear(1e-3);
    experiment.training.regularization = Regularization::Keras(Regularizer { l1: 0.0, l2: 1e6 });
    let mut trainer = Trainer::new(experiment.check().unwrap(), dataset(1.0, 1.0)).unwrap();
    trainer.set_weights(&[3e37, 3e37, 0.0]);
    let before = trainer.model().weights().to_vec();
    assert_ends_not_finite(&mut trainer, (1, 1));
    assert_eq!(trainer.model().weights(), before);
}

#[test]
fn a_run_that_has_ended_so_stays_ended() {
    let mut trainer = Trainer::new(linear(100.0).check().unwrap(), dataset(5e36, 1.0)).unwrap();
    let reason = trainer.run();
    trainer.set_epochs(100).unwrap();
    assert_eq!(trainer.stage(), Stage::Finished(reason));
}

#[test]
fn a_model_file_with_a_number_that_is_not_finite_is_refused_and_changes_nothing() {
    let experiment = small_cnn(100);
    let mut model = Model::new(&experiment.check().unwrap());
    let good = model.weights().to_vec();
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        // The first weight, a bias and the very last number.
        for place in [0, model.param_ranges()[0].bias().start, good.len() - 1] {
            model.weights_mut()[place] = bad;
            let file = model_file::write(&model, &experiment).unwrap();
            model.set_weights(&good);
            let error = model_file::read_into(&file, &mut model).unwrap_err();
            assert!(matches!(error, ModelFileError::NotFinite { .. }), "{bad} at {place}: {error}");
            assert!(matches!(model_file::read(&file), Err(ModelFileError::NotFinite { .. })));
            assert_eq!(model.weights(), good);
        }
    }
}

#[test]
fn large_but_finite_numbers_are_no_reason_to_stop() {
    let mut trainer = Trainer::new(small_cnn(100).check().unwrap(), tiny_digits(100)).unwrap();
    let report = trainer.step();
    assert!(report.loss.is_finite() && !matches!(trainer.stage(), Stage::Finished(_)));
    let mut trainer = Trainer::new(linear(1e-30).check().unwrap(), dataset(1e15, 1e15)).unwrap();
    assert_eq!(trainer.run(), StopReason::EpochsDone);
}
