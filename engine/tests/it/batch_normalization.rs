//! BatchNormalization in training: statistics of whole batches, whoever computes which shards.

use crate::subjects::tiny_digits;
use inkling_engine::data::{Dataset, pack_samples};
use inkling_engine::experiment::{
    Activation, ActivationConfig, BatchNormalizationConfig, Conv2DConfig, DataConfig, DenseConfig, DropoutConfig,
    Experiment, LayerConfig, OptimizerConfig, Preset, Regularization, Regularizer, StopRule, Validation,
};
use inkling_engine::field::Variants;
use inkling_engine::history::StopReason;
use inkling_engine::model::{BatchPass, Model, Shard, Workspace};
use inkling_engine::trainer::{SHARD_SIZE, Stage, Trainer};
use std::sync::Arc;

const MOMENTUM: f64 = 0.8;

fn normalization() -> LayerConfig {
    LayerConfig::BatchNormalization(BatchNormalizationConfig { momentum: MOMENTUM, epsilon: 1e-3 })
}

/// Three normalizations: of the image, after a convolution, after a Dense layer.
fn experiment(n_samples: usize, batch_size: usize) -> Experiment {
    let mut experiment = Preset::Empty.experiment();
    experiment.data = DataConfig::mnist(n_samples);
    experiment.network = vec![
        normalization(),
        LayerConfig::Conv2D(Conv2DConfig::new(3, [5, 5]).strides([3, 3])),
        normalization(),
        LayerConfig::Activation(ActivationConfig::new(Activation::Relu)),
        LayerConfig::FLATTEN,
        LayerConfig::Dropout(DropoutConfig::new(0.2)),
        LayerConfig::Dense(DenseConfig::new(8)),
        normalization(),
        LayerConfig::Dense(DenseConfig::new(10).activation(Activation::Softmax)),
    ];
    experiment.training.batch_size = batch_size;
    experiment.training.epochs = 2;
    experiment.training.validation = Validation::None;
    experiment
}

fn trainer(experiment: &Experiment, dataset: &Arc<Dataset>) -> Trainer {
    Trainer::new(experiment.check().unwrap(), dataset.clone()).unwrap()
}

/// Means and variances over the rows of `x` `[rows, channels]`, by a plain loop.
fn statistics(x: &[f32], n_channels: usize) -> [Vec<f64>; 2] {
    let n_rows = (x.len() / n_channels) as f64;
    let column = |channel: usize| x.iter().skip(channel).step_by(n_channels).map(|x| f64::from(*x));
    let means: Vec<f64> = (0..n_channels).map(|channel| column(channel).sum::<f64>() / n_rows).collect();
    let variance = |channel: usize| column(channel).map(|x| (x - means[channel]).powi(2)).sum::<f64>() / n_rows;
    [means.clone(), (0..n_channels).map(variance).collect()]
}

#[test]
fn moving_statistics_move_towards_those_of_the_whole_batch() {
    let dataset = tiny_digits(130);
    let mut experiment = experiment(130, 80);
    experiment.training.shuffle = false;
    // The first normalization alone: what comes in is known.
    let mut trainer = trainer(&experiment, &dataset);
    let (mut mean, mut variance) = (0.0, 1.0);
    // The last batch has 50 samples and counts alike.
    for range in [0..80_u32, 80..130] {
        let x: Vec<f32> = range.flat_map(|idx| dataset.input(idx as usize).unwrap()).collect();
        let [means, variances] = statistics(&x, 1);
        mean = MOMENTUM * mean + (1.0 - MOMENTUM) * means[0];
        variance = MOMENTUM * variance + (1.0 - MOMENTUM) * variances[0];
        trainer.step();
        let normalization = trainer.model().normalization(0).unwrap();
        assert!((f64::from(normalization.moving_mean[0]) - mean).abs() < 1e-6);
        assert!((f64::from(normalization.moving_variance[0]) - variance).abs() < 1e-6);
    }
}

/// What a batch gives if its shards are cut into such parts, each on its way in a pass of its own.
fn in_parts(trainer: &mut Trainer, dataset: &Dataset, sizes: &[usize]) -> (Vec<Vec<f64>>, Vec<Vec<f32>>) {
    let model = trainer.model().clone();
    let n_shards = trainer.begin_step();
    let heads = trainer.shard_heads().to_vec();
    let sample_idxs: Vec<u32> = (0..heads.iter().map(|head| head.n_samples as u32).sum()).collect();
    let mut passes: Vec<BatchPass> = sizes.iter().map(|_| BatchPass::default()).collect();
    let mut first = 0;
    for (pass, size) in passes.iter_mut().zip(sizes) {
        for shard_idx in first..first + size {
            let mut bytes = vec![];
            let samples = &sample_idxs[heads[shard_idx].first..][..heads[shard_idx].n_samples];
            pack_samples(dataset, samples, Some(heads[shard_idx].epoch), &mut bytes);
            pass.add_shard(&model, &Shard::from_parts(heads[shard_idx], &bytes));
        }
        first += size;
    }
    assert_eq!(first, n_shards);
    let mut exchanged = vec![];
    let mut merged: Option<Vec<f64>> = None;
    loop {
        let numbers: Vec<_> = passes.iter_mut().map(|pass| pass.advance(&model, merged.as_deref())).collect();
        let Some(numbers) = numbers.into_iter().collect::<Option<Vec<_>>>() else { break };
        let all = passes[0].merge(&numbers.concat());
        exchanged.push(all.clone());
        merged = Some(all);
    }
    let gradients = passes.iter().flat_map(|pass| pass.results().map(|(_, it)| it.to_vec()).collect::<Vec<_>>());
    (exchanged, gradients.collect())
}

#[test]
fn gradients_are_the_same_whoever_computes_which_shards() {
    let dataset = tiny_digits(110);
    let mut experiment = experiment(110, 110);
    experiment.training.shuffle = false;
    let mut trainer = trainer(&experiment, &dataset);
    let whole = in_parts(&mut trainer, &dataset, &[8]);
    // Three on the way forward; back to the one before which nothing is trained.
    assert_eq!(whole.0.len(), 3 + 2);
    for sizes in [&[1, 7][..], &[4, 3, 1], &[1; 8]] {
        assert!(in_parts(&mut trainer, &dataset, sizes) == whole, "{sizes:?}");
    }
    trainer.step();
    let mut sums = whole.1.clone();
    while sums.len() > 1 {
        let pairs = sums.chunks(2).map(|pair| pair[0].iter().zip(&pair[1]).map(|(left, right)| left + right).collect());
        sums = pairs.collect();
    }
    let mut sum = sums.remove(0);
    sum.iter_mut().for_each(|sum| *sum *= 1.0 / 110.0);
    assert!(trainer.last_gradients() == sum);
}

#[test]
fn runs_are_repeated_bit_for_bit() {
    let dataset = tiny_digits(130);
    let experiment = experiment(130, 60);
    let run = || {
        let mut trainer = trainer(&experiment, &dataset);
        trainer.run();
        (trainer.history().clone(), trainer.model().weights().to_vec())
    };
    let (history, weights) = run();
    assert_eq!(run(), (history.clone(), weights));
    assert!(history.epochs[1].loss < history.epochs[0].loss);
}

/// Neither decay nor penalties nor shrinking nor memory change them but by the batch.
#[test]
fn only_the_batch_moves_the_moving_statistics() {
    let dataset = tiny_digits(60);
    let statistics_of = |model: &Model| {
        let view = model.normalization(0).unwrap();
        [view.moving_mean[0], view.moving_variance[0]]
    };
    let mut all = vec![];
    for optimizer in OptimizerConfig::all() {
        for regularization in [
            Regularization::NONE,
            Regularization::Keras(Regularizer { l1: 0.1, l2: 0.1 }),
            Regularization::Playground { l1: 0.1, l2: 0.1 },
        ] {
            let mut experiment = experiment(60, 30);
            (experiment.training.optimizer, experiment.training.regularization) = (optimizer, regularization);
            experiment.training.shuffle = false;
            let mut trainer = trainer(&experiment, &dataset);
            (0..2).for_each(|_| _ = trainer.step());
            all.push(statistics_of(trainer.model()));
            let moving = trainer.model().param_ranges()[0].moving();
            assert!(moving.into_iter().flatten().all(|idx| trainer.last_gradients()[idx] == 0.0));
        }
    }
    assert!(all.iter().all(|statistics| *statistics == all[0]), "{all:?}");
}

#[test]
fn frozen_statistics_stay() {
    let dataset = tiny_digits(60);
    let mut trainer = trainer(&experiment(60, 30), &dataset);
    let mut frozen = vec![false; trainer.model().n_params()];
    frozen[trainer.model().param_ranges()[0].all()].fill(true);
    trainer.set_frozen(frozen);
    let before = trainer.model().weights().to_vec();
    trainer.step();
    let ranges = trainer.model().param_ranges();
    assert_eq!(trainer.model().weights()[ranges[0].all()], before[ranges[0].all()]);
    assert_ne!(trainer.model().weights()[ranges[2].all()], before[ranges[2].all()]);
}

#[test]
fn a_step_that_is_not_finite_moves_nothing() {
    let dataset = tiny_digits(60);
    let mut experiment = experiment(60, 30);
    experiment.training.learning_rate = 1e-3;
    let mut trainer = trainer(&experiment, &dataset);
    trainer.step();
    let mut weights = trainer.model().weights().to_vec();
    let last = trainer.model().param_ranges()[8].kernel();
    weights[last].fill(f32::MAX);
    trainer.set_weights(&weights);
    trainer.step();
    assert!(matches!(trainer.stage(), Stage::Finished(StopReason::NotFinite { .. })));
    assert_eq!(trainer.model().weights(), weights);
}

#[test]
fn the_best_epoch_comes_back_with_its_statistics() {
    let dataset = tiny_digits(120);
    let mut experiment = experiment(120, 20);
    experiment.training.validation = Validation::Last { validation_split: 0.25 };
    experiment.training.stop = StopRule::ValidationScore { n_iter_no_change: 2, tol: 1e-4 };
    experiment.training.epochs = 12;
    let mut trainer = trainer(&experiment, &dataset);
    trainer.run();
    let best = trainer.best_epoch().unwrap();
    let record = trainer.history().epochs[best - 1];
    let model = trainer.model().clone();
    let mut workspace = Workspace::new(&model);
    let n_correct: u32 = trainer
        .split()
        .validation
        .chunks(SHARD_SIZE)
        .map(|samples| model.evaluate_samples(&mut workspace, &dataset, samples, &mut vec![]).n_correct)
        .sum();
    assert_eq!(f64::from(n_correct) / 30.0, record.val_accuracy.unwrap());
}

#[test]
fn batches_that_do_not_fit_into_memory_are_refused() {
    let mut experiment = experiment(60_000, 10_000);
    experiment.network[1] = LayerConfig::Conv2D(Conv2DConfig::new(64, [3, 3]));
    let errors = experiment.check().unwrap_err().to_string();
    assert!(errors.contains("batch_size: expected at most") && errors.contains("with BatchNormalization"), "{errors}");
    experiment.network.retain(|layer| !matches!(layer, LayerConfig::BatchNormalization(_)));
    assert_eq!(experiment.check().map(|_| ()), Ok(()));
}

#[test]
fn to_compute_one_shard_is_to_compute_all() {
    let (experiment, dataset) = (experiment(100, 60), tiny_digits(100));
    let (mut whole, mut apart) = (trainer(&experiment, &dataset), trainer(&experiment, &dataset));
    whole.step();
    assert_eq!(apart.begin_step(), 4);
    apart.compute_shard(2);
    assert_eq!(apart.missing_shards().count(), 0);
    apart.finish_step();
    assert_eq!(whole.model().weights(), apart.model().weights());
}
