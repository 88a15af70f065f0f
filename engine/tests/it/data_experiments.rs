//! Experiments on the data that a network learns from: what is changed, what is not, and that histories stay the same.

use crate::subjects::{dense, small_cnn, tiny_digits};
use crate::training::run_shared;
use inkling_engine::data::{Dataset, DatasetError, OwnDigits, Split, Targets, pack_samples};
use inkling_engine::experiment::{
    Activation, Augmentation, ClassWeight, DataConfig, Experiment, LayerConfig, MnistConfig, OwnDigitsConfig,
    Validation,
};
use inkling_engine::losses::{Loss, LossHead, Target};
use inkling_engine::model::{Model, Workspace};
use inkling_engine::trainer::Trainer;
use serde_json::json;
use std::sync::Arc;

const N: usize = 400;

/// An experiment on 400 images of which 40 are for validation.
fn experiment(change: impl FnOnce(&mut MnistConfig)) -> Experiment {
    let mut experiment = small_cnn(N);
    experiment.training.epochs = 2;
    experiment.training.batch_size = 60;
    experiment.training.validation = Validation::Last { validation_split: 0.1 };
    change(experiment.data.digits_mut().unwrap());
    experiment
}

fn training_data(experiment: &Experiment, images: &Arc<Dataset>, own: Option<&Arc<OwnDigits>>) -> Arc<Dataset> {
    experiment.check().unwrap().training_data(images, own).unwrap()
}

fn bytes(dataset: &Dataset, sample_idxs: &[u32], epoch: Option<usize>) -> Vec<u8> {
    let mut bytes = vec![0; sample_idxs.len() * 784];
    dataset.gather_pixels(sample_idxs, epoch, &mut bytes);
    bytes
}

fn own_digits(n: usize) -> Arc<OwnDigits> {
    let pixels = (0..n * 784).map(|i| (i % 251) as u8).collect();
    Arc::new(OwnDigits::new(pixels, (0..n).map(|i| (i % 10) as u8).collect()).unwrap())
}

fn everything(digits: &mut MnistConfig) {
    digits.shuffle_pixels = true;
    digits.label_noise = 0.2;
    digits.augmentation = Augmentation { shift: 2.0, rotation: 10.0, scale: 0.1, noise: 0.1 };
    digits.class_weight.0[3] = 2.5;
    digits.class_weight.0[4] = 0.0;
    digits.own_digits = OwnDigitsConfig::of(&own_digits(7), 3);
}

#[test]
fn history_does_not_depend_on_who_computes_the_shards() {
    let experiment = experiment(everything);
    let dataset = training_data(&experiment, &tiny_digits(N), Some(&own_digits(7)));
    let mut alone = Trainer::new(experiment.check().unwrap(), dataset.clone()).unwrap();
    assert_eq!(alone.split().train.len(), 360 + 21);
    alone.run();
    for n_threads in [1, 3] {
        let (history, weights) = run_shared(&experiment, &dataset, n_threads);
        assert_eq!((&history, weights.as_slice()), (alone.history(), alone.model().weights()), "{n_threads} threads");
    }
}

#[test]
fn each_setting_changes_the_history() {
    let history = |change: fn(&mut MnistConfig)| {
        let experiment = experiment(change);
        let dataset = training_data(&experiment, &tiny_digits(N), Some(&own_digits(7)));
        let mut trainer = Trainer::new(experiment.check().unwrap(), dataset).unwrap();
        trainer.run();
        trainer.history().clone()
    };
    let changes: [fn(&mut MnistConfig); 5] = [
        |digits| digits.shuffle_pixels = true,
        |digits| digits.label_noise = 0.2,
        |digits| digits.augmentation.shift = 2.0,
        |digits| digits.class_weight.0[3] = 2.5,
        |digits| digits.own_digits = OwnDigitsConfig::of(&own_digits(7), 3),
    ];
    let plain = history(|_| {});
    assert!(changes.into_iter().all(|change| history(change) != plain));
}

/// A Dense layer does not know which pixels are neighbours: with its rows in the images' order it gives the same.
#[test]
fn a_dense_layer_does_not_mind_shuffled_pixels() {
    let images = tiny_digits(N);
    let mut experiment = experiment(|digits| digits.shuffle_pixels = true);
    experiment.network = vec![LayerConfig::FLATTEN, dense(12, Activation::Tanh), dense(10, Activation::Softmax)];
    let checked = experiment.check().unwrap();
    let (order, shuffled) = (checked.pixel_order().unwrap(), checked.arranged(&images));
    let plain = Model::new(&checked);
    let mut weights = plain.weights().to_vec();
    let rows: Vec<Vec<f32>> = weights[..784 * 12].chunks(12).map(<[f32]>::to_vec).collect();
    let sources = order.sources().iter().map(|&source| source as usize);
    weights[..784 * 12].chunks_mut(12).zip(sources).for_each(|(row, source)| row.copy_from_slice(&rows[source]));
    let mut moved = plain.clone();
    moved.set_weights(&weights);
    let samples: Vec<u32> = (0..25).collect();
    let loss = |model: &Model, images: &Dataset| {
        model.evaluate_samples(&mut Workspace::new(model), images, &samples, &mut vec![]).loss_sum
    };
    let (expected, got) = (loss(&plain, &images), loss(&moved, &shuffled));
    assert!((expected - got).abs() < 1e-4 * expected, "{expected} and {got}");
    assert!((loss(&plain, &shuffled) - expected).abs() > 0.01 * expected);
}

#[test]
fn shuffled_images_are_in_the_order_that_the_experiment_gives() {
    let images = tiny_digits(30);
    let checked = experiment(|digits| digits.shuffle_pixels = true).check().unwrap();
    let (order, shuffled) = (checked.pixel_order().unwrap(), checked.arranged(&images));
    let expected = order.apply(&bytes(&images, &[7], None));
    assert_eq!(bytes(&shuffled, &[7], None), expected);
    assert_eq!(shuffled.input(7).unwrap(), order.apply(&images.input(7).unwrap()));
    assert_eq!(shuffled.label(7), images.label(7));
    assert!(std::ptr::eq(shuffled.inputs(), images.inputs()), "pixels are shared");
    let plain = experiment(|_| {}).check().unwrap();
    assert!(plain.pixel_order().is_none() && Arc::ptr_eq(&plain.arranged(&images), &images));
}

#[test]
fn label_noise_replaces_its_share_of_the_training_labels_only() {
    let n = 5_000;
    let images = tiny_digits(n);
    let experiment = experiment(|digits| (digits.n_samples, digits.label_noise) = (n, 0.3));
    let noisy = training_data(&experiment, &images, None);
    let split = Split::new(&experiment.check().unwrap(), &noisy);
    let n_changed =
        |part: &[u32]| part.iter().filter(|&&i| noisy.label(i as usize) != images.label(i as usize)).count();
    let share = n_changed(&split.train) as f64 / split.train.len() as f64;
    assert!((share - 0.3).abs() < 0.02, "{share}");
    assert_eq!(n_changed(&split.validation), 0);
    assert_eq!(split.validation.len(), 500);
    let Targets::Labels(labels) = noisy.targets() else { panic!("values") };
    assert!((0..10).all(|class| labels.contains(&class)) && labels.iter().all(|label| *label < 10));
    assert_eq!(training_data(&experiment, &images, None), noisy, "the same seed");
    let other = Experiment { seed: 77, ..experiment };
    assert_ne!(training_data(&other, &images, None), noisy, "another seed");
}

#[test]
fn images_are_moved_anew_in_each_epoch_of_training_alone() {
    let images = tiny_digits(30);
    let experiment = experiment(|digits| (digits.n_samples, digits.augmentation.rotation) = (30, 15.0));
    let moved = training_data(&experiment, &images, None);
    let samples = [3, 4];
    let original = bytes(&images, &samples, None);
    assert_eq!(bytes(&moved, &samples, None), original, "validation");
    let [first, second] = [1, 2].map(|epoch| bytes(&moved, &samples, Some(epoch)));
    assert!(first != original && second != original && first != second);
    let mut shard = vec![9];
    pack_samples(&moved, &[4, 3], Some(2), &mut shard);
    let swapped =
        [&[9], &second[784..], &second[..784], &[images.label(4).unwrap(), images.label(3).unwrap()]].concat();
    assert_eq!(shard, swapped);
}

#[test]
fn own_digits_are_trained_on_as_often_as_asked() {
    let (images, own) = (tiny_digits(N), own_digits(3));
    let change = |digits: &mut MnistConfig| digits.own_digits = OwnDigitsConfig::of(&own, 4);
    let experiment = experiment(change);
    let checked = experiment.check().unwrap();
    assert_eq!((checked.n_train(), checked.n_validation(), checked.steps_per_epoch()), (360 + 12, 40, 7));
    let dataset = training_data(&experiment, &images, Some(&own));
    let split = Split::new(&checked, &dataset);
    assert!(split.validation.iter().copied().eq(360..400));
    assert!(split.train.iter().copied().eq((0..360).chain(400..412)));
    assert_eq!(
        bytes(&dataset, &[399, 400, 404], None)[784..],
        [&own.pixels()[..784], &own.pixels()[784..][..784]].concat()
    );
    assert_eq!([400, 404, 411].map(|i| dataset.label(i).unwrap()), [0, 1, 2]);
    assert!(std::ptr::eq(dataset.inputs(), images.inputs()), "pixels are shared");
}

#[test]
fn other_own_digits_are_refused() {
    let images = tiny_digits(N);
    let checked = experiment(|digits| digits.own_digits = OwnDigitsConfig::of(&own_digits(3), 4)).check().unwrap();
    let error = |own| checked.training_data(&images, own).unwrap_err();
    assert_eq!(error(None), DatasetError::OwnDigits { expected: 3, got: 0 });
    assert_eq!(error(Some(&own_digits(4))), DatasetError::OwnDigits { expected: 3, got: 4 });
    let error = Trainer::new(checked.clone(), images.clone()).unwrap_err();
    assert_eq!(error, DatasetError::NotArranged);
}

/// Keras 3.14: `model.fit(x, y, class_weight=…)` minimizes the sum of the weighted losses, divided by the batch's size.
#[test]
fn class_weights_multiply_losses_and_gradients() {
    let logits = [0.0, 0.0, 1.0, 0.0, 0.0, 2.0];
    let (labels, weights) = ([1, 0, 0], [3.0, 0.5]);
    let mut head = LossHead::new(Loss::CategoricalCrossentropy, Activation::Softmax, 2);
    let mut gradient = [0.0; 6];
    let result = head.evaluate_weighted(&logits, Target::Labels(&labels), &weights, &mut gradient);
    let e = std::f64::consts::E;
    // -ln p of the label: ln 2, ln(1 + 1/e), ln(1 + e²).
    let loss = 0.5 * 2.0_f64.ln() + 3.0 * (1.0 + 1.0 / e).ln() + 3.0 * (1.0 + e * e).ln();
    assert!((result.loss_sum - loss).abs() < 1e-6, "{} for {loss}", result.loss_sum);
    // p - one_hot, times the weight.
    let p = e / (1.0 + e);
    let q = 1.0 / (1.0 + e * e);
    let expected = [0.5 * 0.5, 0.5 * -0.5, 3.0 * (p - 1.0), 3.0 * (1.0 - p), 3.0 * (q - 1.0), 3.0 * (1.0 - q)];
    assert!(gradient.iter().zip(expected).all(|(x, y)| (f64::from(*x) - y).abs() < 1e-6), "{gradient:?}");
    assert_eq!((result.n_correct, result.n_samples), (1, 3));
    let nothing = head.evaluate_weighted(&[-f32::MAX, f32::MAX], Target::Labels(&[0]), &[0.0, 1.0], &mut [0.0; 2]);
    assert_eq!(nothing.loss_sum, 0.0);
}

#[test]
fn a_class_without_weight_is_not_learned() {
    let images = tiny_digits(N);
    let run = |weight: f64| {
        let mut experiment = experiment(|digits| digits.class_weight.0[3] = weight);
        experiment.network = vec![LayerConfig::FLATTEN, dense(10, Activation::Softmax)];
        (experiment.training.epochs, experiment.training.learning_rate) = (30, 0.01);
        let mut trainer = Trainer::new(experiment.check().unwrap(), training_data(&experiment, &images, None)).unwrap();
        trainer.run();
        let threes: Vec<u32> = (0..N as u32).filter(|&i| images.label(i as usize) == Some(3)).take(25).collect();
        let (model, n) = (trainer.model(), threes.len() as u32);
        let result = model.evaluate_samples(&mut Workspace::new(model), &images, &threes, &mut vec![]);
        (result.n_correct, n)
    };
    let (n_with, n) = run(1.0);
    assert!(n_with > n / 2, "{n_with} of {n}");
    assert_eq!(run(0.0).0, 0);
}

#[test]
fn what_is_not_asked_for_is_not_in_json() {
    let plain = json!({ "type": "Mnist", "n_samples": 60_000 });
    let config = DataConfig::Mnist(MnistConfig::default());
    assert_eq!(serde_json::to_value(&config).unwrap(), plain);
    assert_eq!(serde_json::from_value::<DataConfig>(plain).unwrap(), config);
    let mut changed = MnistConfig::default();
    everything(&mut changed);
    let json = serde_json::to_value(DataConfig::Mnist(changed.clone())).unwrap();
    assert_eq!(json["class_weight"], json!([1.0, 1.0, 1.0, 2.5, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0]));
    assert_eq!(json["augmentation"], json!({ "shift": 2.0, "rotation": 10.0, "scale": 0.1, "noise": 0.1 }));
    assert_eq!(serde_json::from_value::<DataConfig>(json).unwrap(), DataConfig::Mnist(changed));
    let some = json!({ "type": "Mnist", "n_samples": 5, "augmentation": { "shift": 2 } });
    let DataConfig::Mnist(read) = serde_json::from_value(some).unwrap() else { panic!("points") };
    assert_eq!(read.augmentation, Augmentation { shift: 2.0, ..Augmentation::NONE });
}

#[test]
fn what_is_out_of_range_is_named() {
    let errors = |change: fn(&mut MnistConfig)| experiment(change).check().unwrap_err().to_string();
    assert_eq!(errors(|digits| digits.label_noise = 0.6), "data label_noise: expected a number from 0 to 0.5, got 0.6");
    assert_eq!(
        errors(|digits| digits.augmentation.rotation = -1.0),
        "data augmentation: expected a number from 0 to 180 for rotation, got -1"
    );
    assert_eq!(
        errors(|digits| digits.class_weight.0[7] = f64::NAN),
        "data class_weight: expected a number from 0 to 100 for 7, got NaN"
    );
    assert_eq!(
        errors(|digits| digits.class_weight = ClassWeight([0.0; 10])),
        "data class_weight: expected a class with a weight above 0, got 0 for all"
    );
    assert_eq!(
        errors(|digits| digits.own_digits.n = 2_000),
        "data own_digits: expected a whole number from 0 to 1,000 for n, got 2,000"
    );
}
