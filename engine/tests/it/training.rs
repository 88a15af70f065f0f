//! Runs: what they learn, when they stop, and that they depend on the experiment alone.

use crate::subjects::{dense, plane_experiment, small_cnn, tiny_digits};
use inkling_engine::data::{Dataset, Inputs, Targets};
use inkling_engine::evaluation::Evaluator;
use inkling_engine::experiment::{
    Activation, DataConfig, Experiment, Loss, OptimizerConfig, PlaneConfig, PlaneDataset, Preset, Regularization,
    Regularizer, SgdConfig, StopRule, Validation,
};
use inkling_engine::history::{History, StopReason};
use inkling_engine::losses::ShardResult;
use inkling_engine::model::{Shard, Workspace};
use inkling_engine::trainer::{SHARD_SIZE, Stage, Trainer};
use std::sync::Arc;
use std::thread;

fn trainer(experiment: &Experiment, dataset: &Arc<Dataset>) -> Trainer {
    Trainer::new(experiment.check().unwrap(), dataset.clone()).unwrap()
}

fn plane_trainer(experiment: &Experiment) -> Trainer {
    let checked = experiment.check().unwrap();
    let dataset = Arc::new(checked.generate_data().unwrap().unwrap());
    Trainer::new(checked, dataset).unwrap()
}

#[test]
fn one_batch_can_be_learnt_by_heart() {
    let mut experiment = small_cnn(50);
    experiment.training.validation = Validation::None;
    experiment.training.epochs = 150;
    experiment.training.learning_rate = 0.01;
    let mut trainer = trainer(&experiment, &tiny_digits(50));
    assert_eq!(trainer.run(), StopReason::EpochsDone);
    let epochs = &trainer.history().epochs;
    let (first, last) = (epochs[0], epochs[epochs.len() - 1]);
    assert!(first.loss > 1.5 && last.loss < 0.05 && last.accuracy == 1.0, "{first:?} {last:?}");
}

#[test]
fn every_optimizer_learns_the_plane() {
    for (optimizer, learning_rate) in [
        (OptimizerConfig::SGD, 0.1),
        (OptimizerConfig::Sgd(SgdConfig { momentum: 0.9, nesterov: false }), 0.03),
        (OptimizerConfig::Sgd(SgdConfig { momentum: 0.9, nesterov: true }), 0.03),
        (OptimizerConfig::RMSPROP, 0.01),
        (OptimizerConfig::ADAM, 0.01),
    ] {
        let mut experiment = plane_experiment(PlaneDataset::Circle);
        experiment.training.optimizer = optimizer;
        experiment.training.learning_rate = learning_rate;
        let mut trainer = plane_trainer(&experiment);
        trainer.run();
        let last = trainer.history().epochs.last().copied().unwrap();
        assert!(last.val_accuracy.unwrap() > 0.95, "{optimizer:?}: {last:?}");
    }
}

#[test]
fn binary_cross_entropy_and_regression_learn_the_plane() {
    let mut experiment = plane_experiment(PlaneDataset::Gauss);
    experiment.network[1] = dense(1, Activation::Sigmoid);
    experiment.training.loss = Loss::BinaryCrossentropy;
    let mut trainer = plane_trainer(&experiment);
    trainer.run();
    assert!(trainer.history().epochs.last().unwrap().val_accuracy.unwrap() > 0.95);
    let mut experiment = plane_experiment(PlaneDataset::Plane);
    experiment.network[1] = dense(1, Activation::Linear);
    let mut trainer = plane_trainer(&experiment);
    trainer.run();
    assert!(trainer.history().epochs.last().unwrap().val_loss.unwrap() < 0.005);
}

/// Runs an experiment whose shards are computed by `n_threads` threads and come back in disorder.
pub fn run_shared(experiment: &Experiment, dataset: &Arc<Dataset>, n_threads: usize) -> (History, Vec<f32>) {
    let mut trainer = trainer(experiment, dataset);
    loop {
        match trainer.stage() {
            Stage::Step => {
                let n_shards = trainer.begin_step();
                let weights = trainer.model().weights().to_vec();
                let heads = trainer.shard_heads().to_vec();
                let work = |thread_idx: usize| -> Vec<(usize, ShardResult, Vec<f32>)> {
                    // As in another worker: nothing but the weights and the shards' bytes.
                    let mut model = inkling_engine::model::Model::new(trainer.experiment());
                    model.set_weights(&weights);
                    let mut workspace = Workspace::new(&model);
                    let mine = (0..n_shards).filter(|shard_idx| shard_idx % n_threads == thread_idx);
                    mine.map(|shard_idx| {
                        let bytes = trainer.shard_bytes(shard_idx..shard_idx + 1).to_vec();
                        let shard = Shard::from_parts(heads[shard_idx], &bytes);
                        let mut gradients = vec![f32::NAN; weights.len()];
                        let result = model.shard_gradient(&mut workspace, &shard, &mut gradients);
                        (shard_idx, result, gradients)
                    })
                    .collect()
                };
                let mut parts: Vec<_> = thread::scope(|scope| {
                    let work = &work;
                    let threads: Vec<_> = (0..n_threads).map(|idx| scope.spawn(move || work(idx))).collect();
                    threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
                });
                parts.reverse();
                for (shard_idx, result, gradients) in parts {
                    assert!(!trainer.has_shard(shard_idx));
                    trainer.take_sum(shard_idx..shard_idx + 1, &[result], |sum| sum.copy_from_slice(&gradients));
                }
                assert_eq!(trainer.missing_shards().count(), 0);
                trainer.finish_step();
            }
            Stage::Validation => {
                trainer.validate_chunk();
            }
            Stage::Finished(_) => return (trainer.history().clone(), trainer.model().weights().to_vec()),
        }
    }
}

#[test]
fn history_does_not_depend_on_who_computes_the_shards() {
    let dataset = tiny_digits(210);
    let mut experiment = small_cnn(210);
    experiment.training.batch_size = 80;
    experiment.training.epochs = 2;
    experiment.training.regularization = Regularization::Keras(Regularizer { l1: 1e-4, l2: 1e-3 });
    let mut alone = trainer(&experiment, &dataset);
    alone.run();
    for n_threads in [1, 2, 3] {
        let (history, weights) = run_shared(&experiment, &dataset, n_threads);
        assert_eq!(&history, alone.history(), "{n_threads} threads");
        assert_eq!(weights, alone.model().weights(), "{n_threads} threads");
    }
    experiment.seed += 1;
    let mut other = trainer(&experiment, &dataset);
    other.run();
    assert_ne!(other.history(), alone.history());
}

#[test]
fn a_step_that_is_begun_again_forgets_its_shards() {
    let dataset = tiny_digits(100);
    let mut experiment = small_cnn(100);
    experiment.training.validation = Validation::None;
    let (mut whole, mut broken) = (trainer(&experiment, &dataset), trainer(&experiment, &dataset));
    let report = whole.step();
    assert_eq!(broken.begin_step(), 4);
    broken.compute_shard(2);
    broken.compute_shard(0);
    assert_eq!(broken.missing_shards().collect::<Vec<_>>(), [1, 3]);
    assert_eq!(broken.begin_step(), 4);
    assert_eq!(broken.missing_shards().count(), 4);
    [3, 1, 0, 2].into_iter().for_each(|shard_idx| broken.compute_shard(shard_idx));
    assert_eq!(broken.finish_step(), report);
    assert_eq!(whole.model().weights(), broken.model().weights());
}

#[test]
fn early_stopping_returns_the_best_weights() {
    let mut experiment = plane_experiment(PlaneDataset::Xor);
    let DataConfig::Plane(PlaneConfig { noise, .. }) = &mut experiment.data else { panic!("no points of the plane") };
    *noise = 0.4;
    experiment.training.validation = Validation::Random { validation_fraction: 0.2 };
    experiment.training.stop = StopRule::ValidationScore { n_iter_no_change: 5, tol: 1e-4 };
    experiment.training.epochs = 500;
    let mut trainer = plane_trainer(&experiment);
    let StopReason::ValidationScore { best_epoch, best_score, n_iter_no_change } = trainer.run() else {
        panic!("it did not stop early: {:?}", trainer.stage());
    };
    assert_eq!(n_iter_no_change, 5);
    let epochs = &trainer.history().epochs;
    let scores: Vec<f64> = epochs.iter().map(|record| record.val_accuracy.unwrap()).collect();
    assert_eq!(scores.iter().copied().fold(0.0, f64::max), best_score);
    assert_eq!(scores.iter().position(|&score| score == best_score), Some(best_epoch - 1));
    let samples = trainer.split().validation.clone();
    let mut evaluator = Evaluator::on(trainer.dataset().clone(), samples);
    let mut workspace = Workspace::new(trainer.model());
    let evaluation = evaluator.chunk(trainer.model(), &mut workspace, usize::MAX).unwrap();
    assert_eq!(evaluation.accuracy, best_score);
}

#[test]
fn training_loss_rule_keeps_the_last_weights() {
    let mut experiment = plane_experiment(PlaneDataset::Gauss);
    experiment.training.stop = StopRule::TrainingLoss { n_iter_no_change: 2, tol: 1e-3 };
    experiment.training.validation = Validation::None;
    experiment.training.epochs = 500;
    let mut trainer = plane_trainer(&experiment);
    assert!(matches!(trainer.run(), StopReason::TrainingLoss { n_iter_no_change: 2, .. }));
    assert!(trainer.history().epochs.len() < 500 && trainer.best_epoch().is_none());
    assert!(!trainer.history().epochs.is_empty());
    assert!(trainer.history().epochs.iter().all(|record| record.val_loss.is_none()));
}

#[test]
fn diverging_run_stops_with_finite_weights() {
    let mut experiment = plane_experiment(PlaneDataset::MultiGauss);
    experiment.network = vec![dense(16, Activation::Relu), dense(16, Activation::Relu), dense(1, Activation::Linear)];
    experiment.training.optimizer = OptimizerConfig::SGD;
    experiment.training.learning_rate = 100.0;
    let mut trainer = plane_trainer(&experiment);
    let reason = trainer.run();
    let StopReason::NotFinite { epoch, step, learning_rate } = reason else { panic!("{reason:?}") };
    assert_eq!((epoch, learning_rate), (1, 100.0));
    assert!(trainer.model().weights().iter().all(|weight| weight.is_finite()));
    let expected = format!(
        "the numbers grew beyond all bounds in epoch 1, step {step}, at learning rate 100; the last finite weights \
         are kept: try a learning rate of 1.0e1 or less"
    );
    assert_eq!(reason.to_string(), expected);
}

#[test]
fn learning_rate_and_epochs_change_on_the_way() {
    let mut experiment = plane_experiment(PlaneDataset::Circle);
    experiment.training.epochs = 2;
    let mut trainer = plane_trainer(&experiment);
    let n_steps = trainer.steps_per_epoch();
    assert_eq!(trainer.run(), StopReason::EpochsDone);
    assert_eq!((trainer.epoch(), trainer.n_steps()), (2, 2 * n_steps));
    trainer.set_epochs(3).unwrap();
    assert_eq!((trainer.stage(), trainer.epoch()), (Stage::Step, 3));
    let before = trainer.model().weights().to_vec();
    trainer.set_learning_rate(1e-20).unwrap();
    trainer.step();
    assert_eq!(trainer.model().weights(), before, "so small a step rounds to nothing");
    assert_eq!(
        trainer.set_learning_rate(0.0).unwrap_err().to_string(),
        "training learning_rate: expected a number above 0 and up to 100, got 0"
    );
    assert!(trainer.set_epochs(0).is_err() && trainer.learning_rate() == 1e-20);
    trainer.set_epochs(1).unwrap();
    trainer.run();
    assert_eq!(trainer.history().epochs.len(), 3, "the epoch that was begun is ended");
}

#[test]
fn fewer_epochs_between_two_epochs_end_the_run() {
    let mut experiment = plane_experiment(PlaneDataset::Circle);
    experiment.training.epochs = 10;
    let mut trainer = plane_trainer(&experiment);
    while trainer.history().epochs.len() < 3 {
        if trainer.stage() == Stage::Step {
            trainer.step();
        } else {
            trainer.validate_chunk();
        }
    }
    trainer.set_epochs(2).unwrap();
    assert_eq!(trainer.stage(), Stage::Finished(StopReason::EpochsDone));
    assert_eq!(trainer.epoch(), 3);
}

#[test]
fn a_run_goes_on_after_an_epoch_as_if_its_optimizer_were_new() {
    let mut experiment = plane_experiment(PlaneDataset::Circle);
    experiment.training.epochs = 5;
    // Without a memory in the optimizer, going on is the same run.
    experiment.training.optimizer = OptimizerConfig::Sgd(SgdConfig { momentum: 0.0, nesterov: false });
    let (mut whole, mut first) = (plane_trainer(&experiment), plane_trainer(&experiment));
    whole.run();
    first.set_epochs(3).unwrap();
    first.run();
    let go_on = |n_epochs| {
        let (checked, model) = (first.experiment().clone(), first.model().clone());
        let mut trainer = Trainer::with_model(checked, first.dataset().clone(), model).unwrap();
        trainer.go_on_after(n_epochs);
        trainer
    };
    let mut second = go_on(3);
    assert_eq!((second.stage(), second.epoch(), second.n_steps()), (Stage::Step, 4, first.n_steps()));
    assert_eq!(second.run(), StopReason::EpochsDone);
    assert_eq!(second.history().epochs, whole.history().epochs[3..]);
    let mut over = go_on(5);
    assert_eq!((over.stage(), over.epoch()), (Stage::Finished(StopReason::EpochsDone), 5));
    over.set_epochs(6).unwrap();
    assert_eq!((over.stage(), over.epoch()), (Stage::Step, 6));
}

#[test]
fn data_must_fit_the_experiment() {
    let refuse = |dataset: Dataset| {
        Trainer::new(Preset::Softmax.experiment().check().unwrap(), Arc::new(dataset)).unwrap_err().to_string()
    };
    let digits = |n: usize, label: u8| Dataset::digits(vec![0; 784 * n], vec![label; n]).unwrap();
    assert_eq!(refuse(digits(10, 0)), "expected at least 60000 samples, got 10");
    assert_eq!(refuse(digits(60_000, 10)), "expected targets of 10 classes, got label 10");
    let values = Targets::Values { values: vec![0.0; 60_000], n_outputs: 1 };
    let points = Dataset::new(Inputs::Numbers(vec![0.0; 120_000]), 2, values).unwrap();
    assert_eq!(refuse(points), "expected samples of 784 numbers, got 2");
    let ragged = Dataset::digits(vec![0; 785], vec![0]).unwrap_err();
    assert_eq!(ragged.to_string(), "785 numbers are no whole number of samples of 784");
    let missing = Dataset::digits(vec![0; 784 * 2], vec![0]).unwrap_err();
    assert_eq!(missing.to_string(), "expected a target for each of 2 samples, got 1");
}

#[test]
fn evaluation_in_chunks_is_the_evaluation() {
    let dataset = tiny_digits(120);
    let mut trainer = trainer(&small_cnn(120), &dataset);
    trainer.step();
    let model = trainer.model();
    let mut workspace = Workspace::new(model);
    let whole = Evaluator::new(dataset.clone()).chunk(model, &mut workspace, 120).unwrap();
    let mut evaluator = Evaluator::new(dataset.clone());
    assert!(evaluator.chunk(model, &mut workspace, SHARD_SIZE).is_none());
    assert_eq!((evaluator.n_done(), evaluator.n_total()), (SHARD_SIZE, 120));
    let chunked = loop {
        if let Some(evaluation) = evaluator.chunk(model, &mut workspace, 1) {
            break evaluation;
        }
    };
    assert_eq!(chunked, whole);
    let wrong = whole.wrong(&dataset);
    assert_eq!((120 - wrong.len()) as f64 / 120.0, whole.accuracy);
    let confusion = whole.confusion(&dataset, 10).unwrap();
    assert_eq!(confusion.0.sum(), 120);
    assert_eq!(confusion.0.diag().sum() as usize, 120 - wrong.len());
}
