//! The parts of training are connected correctly: penalties, dropout masks, the best weights.

use crate::subjects::{conv2d, dense, plane_experiment, small_cnn, tiny_digits};
use inkling_engine::data::{Dataset, Inputs, SHARD_SIZE, Targets};
use inkling_engine::experiment::{
    Activation, DataConfig, DropoutConfig, Experiment, LayerConfig, OptimizerConfig, PlaneConfig, PlaneDataset,
    PlaneFeature, Regularization, Regularizer, StopRule, Validation,
};
use inkling_engine::history::StopReason;
use inkling_engine::model::{Model, Workspace};
use inkling_engine::trainer::{Stage, Trainer};
use std::sync::Arc;

/// A convolution and a Dense layer, trained by plain gradient descent in batches of 40 and a last one of 20.
fn sgd_cnn() -> Experiment {
    let mut experiment = small_cnn(100);
    experiment.network =
        vec![conv2d(3, [3, 3], Activation::Relu), LayerConfig::FLATTEN, dense(10, Activation::Softmax)];
    experiment.training.optimizer = OptimizerConfig::SGD;
    experiment.training.learning_rate = 0.01;
    experiment.training.batch_size = 40;
    experiment.training.validation = Validation::None;
    experiment
}

/// Weights before an update, its mean loss, and its gradients.
fn first_gradient(experiment: &Experiment) -> (Vec<f32>, f64, Vec<f32>) {
    let mut trainer = Trainer::new(experiment.check().unwrap(), tiny_digits(100)).unwrap();
    let before = trainer.model().weights().to_vec();
    let report = trainer.step();
    (before, report.loss, trainer.last_gradients().to_vec())
}

/// `(layer, is kernel)` of each weight.
fn places(experiment: &Experiment) -> Vec<(usize, bool)> {
    let model = Model::new(&experiment.check().unwrap());
    let mut places = vec![(0, false); model.n_params()];
    for (layer_idx, params) in model.param_ranges().iter().enumerate() {
        params.kernel().for_each(|i| places[i] = (layer_idx, true));
        params.bias().for_each(|i| places[i] = (layer_idx, false));
    }
    places
}

/// Asserts that `change` adds `slope(w)` of the right layer's penalty to each weight's gradient, and `value` to the
/// loss.
#[track_caller]
fn assert_penalty(
    change: impl Fn(&mut Experiment),
    slope: impl Fn(usize, f64) -> f64,
    value: impl Fn(usize, f64) -> f64,
) {
    let plain = sgd_cnn();
    let mut penalised = plain.clone();
    change(&mut penalised);
    let (weights, loss, gradients) = first_gradient(&plain);
    let (same_weights, penalised_loss, penalised_gradients) = first_gradient(&penalised);
    assert_eq!(weights, same_weights);
    let mut penalty = 0.0;
    for (i, (layer_idx, is_kernel)) in places(&plain).into_iter().enumerate() {
        let weight = f64::from(weights[i]);
        let added = f64::from(penalised_gradients[i]) - f64::from(gradients[i]);
        let expected = if is_kernel { slope(layer_idx, weight) } else { 0.0 };
        assert!((added - expected).abs() < 1e-6 + 1e-4 * expected.abs(), "weight {i}: {added} instead of {expected}");
        penalty += if is_kernel { value(layer_idx, weight) } else { 0.0 };
    }
    assert!((penalised_loss - loss - penalty).abs() < 1e-5 * penalty, "{penalised_loss} - {loss} is not {penalty}");
}

fn keras(l1: f64, l2: f64) -> Regularization {
    Regularization::Keras(Regularizer { l1, l2 })
}

#[test]
fn l1_pulls_each_kernel_weight_towards_zero_by_the_same() {
    let l1 = 0.02;
    assert_penalty(
        |experiment| experiment.training.regularization = keras(l1, 0.0),
        |_, weight| l1 * weight.signum(),
        |_, weight| l1 * weight.abs(),
    );
}

#[test]
fn l2_pulls_each_kernel_weight_by_twice_itself() {
    let l2 = 0.03;
    assert_penalty(
        |experiment| experiment.training.regularization = keras(0.0, l2),
        |_, weight| 2.0 * l2 * weight,
        |_, weight| l2 * weight * weight,
    );
}

#[test]
fn a_layers_own_penalty_is_added_to_the_common_one() {
    assert_penalty(
        |experiment| {
            experiment.training.regularization = keras(0.01, 0.02);
            if let LayerConfig::Conv2D(config) = &mut experiment.network[0] {
                config.kernel_regularizer = Regularizer { l1: 0.0, l2: 0.05 };
            }
            if let LayerConfig::Dense(config) = &mut experiment.network[2] {
                config.kernel_regularizer = Regularizer { l1: 0.03, l2: 0.0 };
            }
        },
        |layer_idx, weight| match layer_idx {
            0 => 0.01 * weight.signum() + 2.0 * 0.07 * weight,
            _ => 0.04 * weight.signum() + 2.0 * 0.02 * weight,
        },
        |layer_idx, weight| match layer_idx {
            0 => 0.01 * weight.abs() + 0.07 * weight * weight,
            _ => 0.04 * weight.abs() + 0.02 * weight * weight,
        },
    );
}

#[test]
fn alpha_of_scikit_learn_is_divided_by_the_batch_at_hand() {
    let alpha = 0.8;
    let regularization = Regularization::ScikitLearn { alpha };
    assert_penalty(
        |experiment| experiment.training.regularization = regularization,
        |_, weight| alpha * weight / 40.0,
        |_, weight| alpha / 2.0 * weight * weight / 40.0,
    );
    // The last batch of an epoch has 20 samples.
    let mut experiment = sgd_cnn();
    experiment.training.regularization = regularization;
    let mut trainer = Trainer::new(experiment.check().unwrap(), tiny_digits(100)).unwrap();
    trainer.step();
    trainer.step();
    let model = trainer.model();
    assert!((model.penalty(20) - 2.0 * model.penalty(40)).abs() < 1e-9);
    let data_loss = {
        let mut workspace = Workspace::new(model);
        let mut order = vec![];
        inkling_engine::data::order_epoch(&trainer.split().train, true, experiment.seed, 1, &mut order);
        let result = model.evaluate_samples(&mut workspace, trainer.dataset(), &order[80..], &mut vec![]);
        result.loss_sum / 20.0
    };
    let penalty = model.penalty(20);
    let report = trainer.step();
    assert_eq!(report.n_samples, 20);
    assert!((report.loss - data_loss - penalty).abs() < 1e-5, "{} is not {data_loss} + {penalty}", report.loss);
}

/// One linear output on `n_features` ones, with `layers` before it, all weights 0: the gradient of weight `i` for a
/// sample is zero exactly where its input was silenced.
fn dropout_probe(layers: Vec<LayerConfig>, n_samples: usize, batch_size: usize) -> (Experiment, Arc<Dataset>) {
    let mut experiment = plane_experiment(PlaneDataset::Plane);
    let features = vec![
        PlaneFeature::X1,
        PlaneFeature::X2,
        PlaneFeature::X1Squared,
        PlaneFeature::X2Squared,
        PlaneFeature::X1X2,
        PlaneFeature::SinX1,
        PlaneFeature::SinX2,
    ];
    let n_features = features.len();
    experiment.data = DataConfig::Plane(PlaneConfig {
        dataset: PlaneDataset::Plane,
        n_samples,
        noise: 0.0,
        features,
        ..PlaneConfig::default()
    });
    experiment.network = layers;
    experiment.network.push(dense(1, Activation::Linear));
    if let Some(LayerConfig::Dense(config)) = experiment.network.last_mut() {
        config.kernel_initializer = inkling_engine::experiment::Initializer::Zeros;
    }
    experiment.training.batch_size = batch_size;
    experiment.training.validation = Validation::None;
    experiment.training.optimizer = OptimizerConfig::SGD;
    let targets = Targets::Values { values: vec![1.0; n_samples], n_outputs: 1 };
    let dataset = Dataset::new(Inputs::Numbers(vec![1.0; n_samples * n_features]), n_features, targets).unwrap();
    (experiment, Arc::new(dataset))
}

fn half() -> LayerConfig {
    LayerConfig::Dropout(DropoutConfig { rate: 0.5 })
}

/// Which inputs of each of the first `n` samples are kept, at that place of an epoch.
fn masks(experiment: &Experiment, dataset: &Dataset, n: usize, (epoch, first): (usize, usize)) -> Vec<Vec<bool>> {
    let model = Model::new(&experiment.check().unwrap());
    let mut workspace = Workspace::new(&model);
    let mask = |sample_idx: usize| {
        let mut gradients = vec![0.0; model.n_params()];
        let place = (epoch, first + sample_idx);
        model.dataset_gradient(&mut workspace, dataset, &[sample_idx as u32], place, &mut gradients);
        gradients[..model.n_params() - 1].iter().map(|&gradient| gradient != 0.0).collect()
    };
    (0..n).map(mask).collect()
}

#[test]
fn dropout_masks_differ_by_sample_shard_and_epoch() {
    let (experiment, dataset) = dropout_probe(vec![half()], 100, 50);
    let first = masks(&experiment, &dataset, 50, (1, 0));
    assert_ne!(first[..SHARD_SIZE], first[SHARD_SIZE..], "the other half of the batch");
    assert_ne!(first[0], first[1], "the next sample");
    assert_ne!(first, masks(&experiment, &dataset, 50, (1, 50)), "the next batch");
    assert_ne!(first, masks(&experiment, &dataset, 50, (2, 0)), "the next epoch");
    assert_eq!(first, masks(&experiment, &dataset, 50, (1, 0)));
}

#[test]
fn a_batch_draws_its_masks_by_the_places_of_its_samples() {
    let (experiment, dataset) = dropout_probe(vec![half()], 160, 80);
    let mut trainer = Trainer::new(experiment.check().unwrap(), dataset.clone()).unwrap();
    trainer.begin_step();
    let first =
        |trainer: &Trainer| trainer.shard_heads().iter().map(|head| (head.epoch, head.first)).collect::<Vec<_>>();
    assert_eq!(first(&trainer), [(1, 0), (1, 40)]);
    (0..2).for_each(|shard_idx| trainer.compute_shard(shard_idx));
    trainer.finish_step();
    let gradients = trainer.last_gradients();
    let kept = masks(&experiment, &dataset, 80, (1, 0));
    // Each sample adds -(1 - 0)·1/(1 - ½) where its input is kept.
    for (i, gradient) in gradients[..gradients.len() - 1].iter().enumerate() {
        let n_kept = kept.iter().filter(|mask| mask[i]).count();
        let expected = -2.0 * n_kept as f32 / 80.0;
        assert!((gradient - expected).abs() < 1e-5, "{gradient} instead of {expected}");
    }
    trainer.begin_step();
    assert_eq!(first(&trainer), [(1, 80), (1, 120)]);
}

#[test]
fn two_dropout_layers_silence_different_inputs() {
    let (experiment, dataset) = dropout_probe(vec![half(), half()], 100, 50);
    let n_kept: usize = masks(&experiment, &dataset, 100, (1, 0)).iter().flatten().filter(|kept| **kept).count();
    let share = n_kept as f64 / 700.0;
    assert!((share - 0.25).abs() < 5.0 * (0.25_f64 * 0.75 / 700.0).sqrt(), "{share} pass both");
}

/// Runs to the end; the weights at the end of each epoch.
fn run_with_snapshots(trainer: &mut Trainer) -> (StopReason, Vec<Vec<f32>>) {
    let mut snapshots = vec![];
    loop {
        match trainer.stage() {
            Stage::Step => drop(trainer.step()),
            Stage::Validation => {
                let weights = trainer.model().weights().to_vec();
                if trainer.validate_chunk().is_some() {
                    snapshots.push(weights);
                }
            }
            Stage::Finished(reason) => return (reason, snapshots),
        }
    }
}

fn noisy_xor(stop: StopRule, epochs: usize) -> Trainer {
    let mut experiment = plane_experiment(PlaneDataset::Xor);
    let DataConfig::Plane(PlaneConfig { noise, .. }) = &mut experiment.data else { panic!("no points of the plane") };
    *noise = 0.4;
    experiment.training.validation = Validation::Random { validation_fraction: 0.2 };
    experiment.training.stop = stop;
    experiment.training.epochs = epochs;
    let checked = experiment.check().unwrap();
    let dataset = Arc::new(checked.generate_data().unwrap().unwrap());
    Trainer::new(checked, dataset).unwrap()
}

#[test]
fn the_best_weights_come_back_whatever_ends_the_run() {
    let patient = StopRule::ValidationScore { n_iter_no_change: 1_000, tol: 1e-4 };
    for (stop, epochs) in [(StopRule::EARLY_STOPPING, 500), (patient, 30)] {
        let mut trainer = noisy_xor(stop, epochs);
        let (reason, snapshots) = run_with_snapshots(&mut trainer);
        assert_eq!(reason == StopReason::EpochsDone, epochs == 30, "{reason:?}");
        let best_epoch = trainer.best_epoch().unwrap();
        assert!(best_epoch < snapshots.len(), "the last epoch is the best: the test would see nothing");
        assert_eq!(trainer.model().weights(), snapshots[best_epoch - 1]);
    }
}

#[test]
fn without_a_rule_on_validation_the_last_weights_stay() {
    for stop in [StopRule::Never, StopRule::TrainingLoss { n_iter_no_change: 3, tol: 1e-4 }] {
        let mut trainer = noisy_xor(stop, 40);
        let (_, snapshots) = run_with_snapshots(&mut trainer);
        assert_eq!(Some(trainer.model().weights()), snapshots.last().map(Vec::as_slice));
    }
}
