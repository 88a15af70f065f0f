//! Behaviour exactly at a boundary: thresholds of accuracy and stop rules, rounding of splits, limits of fields.

use crate::subjects::{conv2d, dense, plane_experiment, small_cnn};
use inkling_engine::data::{Dataset, Inputs, Split, Targets};
use inkling_engine::experiment::{
    Activation, ActivationConfig, DataConfig, Experiment, LayerConfig, Loss, PlaneConfig, PlaneDataset, Preset,
    Regularization, Regularizer, StopRule, Validation,
};
use inkling_engine::explain::{CellIndex, receptive_fields};
use inkling_engine::kernels::SparseRows;
use inkling_engine::model::{Model, Workspace, predicted_class};
use inkling_engine::trainer::EarlyStopping;

/// Shares of `(output, target)` pairs that count as right for a network of one output without weights before it.
fn n_correct(loss: Loss, activation: Activation, pairs: &[(f32, f32)]) -> u32 {
    let mut experiment = plane_experiment(PlaneDataset::Circle);
    if let DataConfig::Plane(PlaneConfig { n_samples, features, .. }) = &mut experiment.data {
        *n_samples = 10;
        features.truncate(1);
    }
    experiment.network = vec![dense(1, activation)];
    experiment.training.loss = loss;
    let mut model = Model::new(&experiment.check().unwrap());
    model.set_weights(&[1.0, 0.0]);
    let (inputs, values) = pairs.iter().copied().unzip();
    let dataset = Dataset::new(Inputs::Numbers(inputs), 1, Targets::Values { values, n_outputs: 1 }).unwrap();
    let sample_idxs: Vec<u32> = (0..pairs.len() as u32).collect();
    let mut workspace = Workspace::new(&model);
    let mut logits = vec![];
    let result = model.evaluate_samples(&mut workspace, &dataset, &sample_idxs, &mut logits);
    let predictions: Vec<u8> = logits.chunks(1).map(predicted_class).collect();
    let expected: Vec<u8> = pairs.iter().map(|pair| u8::from(pair.0 > 0.0)).collect();
    assert_eq!(predictions, expected);
    result.n_correct
}

#[test]
fn binary_accuracy_cuts_the_probability_at_a_half_and_the_logit_at_zero() {
    let (loss, activation) = (Loss::BinaryCrossentropy, Activation::Sigmoid);
    // Logits between 0 and ½ are probabilities above a half.
    assert_eq!(n_correct(loss, activation, &[(0.25, 1.0), (0.5, 1.0), (0.01, 1.0)]), 3);
    assert_eq!(n_correct(loss, activation, &[(0.25, 0.0), (0.5, 0.0), (0.01, 0.0)]), 0);
    assert_eq!(n_correct(loss, activation, &[(-0.25, 0.0), (-0.01, 0.0), (-0.25, 1.0)]), 2);
    // At exactly a half the answer is class 0, as in Keras (`>`).
    assert_eq!(n_correct(loss, activation, &[(0.0, 0.0), (0.0, 1.0)]), 1);
}

#[test]
fn labels_of_plus_and_minus_one_are_cut_at_zero() {
    for loss in [Loss::HalfSquaredError, Loss::MeanSquaredError] {
        assert_eq!(n_correct(loss, Activation::Tanh, &[(0.25, 1.0), (-0.25, -1.0), (0.25, -1.0), (-0.25, 1.0)]), 2);
    }
}

/// What a rule counts as epochs without improvement, figure by figure.
fn counts(rule: StopRule, figures: &[f64]) -> Vec<usize> {
    let mut early_stopping = EarlyStopping::new(rule).unwrap();
    figures
        .iter()
        .map(|&figure| {
            early_stopping.update(figure);
            early_stopping.n_no_improvement()
        })
        .collect()
}

#[test]
fn an_improvement_of_exactly_tol_counts() {
    let score = StopRule::ValidationScore { n_iter_no_change: 3, tol: 0.25 };
    assert_eq!(counts(score, &[0.25, 0.5, 0.625, 0.75, 1.0]), [0, 0, 1, 2, 0]);
    let loss = StopRule::TrainingLoss { n_iter_no_change: 3, tol: 0.25 };
    assert_eq!(counts(loss, &[1.0, 0.75, 0.625, 0.5, 0.25]), [0, 0, 1, 2, 0]);
}

#[test]
fn the_run_stops_when_the_patience_is_exceeded_not_when_it_is_reached() {
    let rule = StopRule::ValidationScore { n_iter_no_change: 2, tol: 0.0 };
    let mut early_stopping = EarlyStopping::new(rule).unwrap();
    let stops = [0.5, 0.4, 0.4, 0.4].map(|figure| early_stopping.update(figure).stops);
    assert_eq!(stops, [false, false, false, true]);
}

#[test]
fn a_tie_keeps_the_earlier_epoch_as_the_best() {
    let rule = StopRule::ValidationScore { n_iter_no_change: 5, tol: 0.0 };
    let mut early_stopping = EarlyStopping::new(rule).unwrap();
    assert_eq!([0.5, 0.5, 0.6].map(|figure| early_stopping.update(figure).is_best), [true, false, true]);
}

/// `(n of class 1, n)` of the validation part of 100 points, `n_positive` of which are of class 1.
fn validation_part(experiment: &Experiment, values: Vec<f32>) -> (usize, usize) {
    let checked = experiment.check().unwrap();
    let n = values.len();
    let targets = Targets::Values { values: values.clone(), n_outputs: 1 };
    let dataset = Dataset::new(Inputs::Numbers(vec![0.0; 2 * n]), 2, targets).unwrap();
    let split = Split::new(&checked, &dataset);
    assert_eq!(split.train.len() + split.validation.len(), n);
    let n_positive = split.validation.iter().filter(|&&sample_idx| values[sample_idx as usize] > 0.0).count();
    (n_positive, split.validation.len())
}

fn random_part(dataset: PlaneDataset) -> Experiment {
    let mut experiment = plane_experiment(dataset);
    if let DataConfig::Plane(PlaneConfig { n_samples, .. }) = &mut experiment.data {
        *n_samples = 100;
    }
    experiment.training.validation = Validation::Random { validation_fraction: 0.2 };
    experiment
}

#[test]
fn two_classes_share_in_the_validation_part_by_their_size_whatever_the_seed() {
    let values: Vec<f32> = (0..100).map(|i| if i % 4 == 0 { 1.0 } else { -1.0 }).collect();
    let mut experiment = random_part(PlaneDataset::Circle);
    for seed in 0..20 {
        experiment.seed = seed;
        assert_eq!(validation_part(&experiment, values.clone()), (5, 20), "seed {seed}");
    }
    // The targets of a regression are not classes.
    let mut experiment = random_part(PlaneDataset::Plane);
    let parts: Vec<_> = (0..20)
        .map(|seed| {
            experiment.seed = seed;
            validation_part(&experiment, values.clone())
        })
        .collect();
    assert!(parts.iter().any(|part| part.0 != 5) && parts.iter().all(|part| part.1 == 20), "{parts:?}");
}

#[test]
fn softmax_sees_all_channels_of_its_cell_and_other_activations_one() {
    let field = |activation| {
        let mut experiment = small_cnn(100);
        experiment.network = vec![
            LayerConfig::FLATTEN,
            dense(10, Activation::Linear),
            LayerConfig::Activation(ActivationConfig { activation }),
        ];
        experiment.training.loss = Loss::MeanSquaredError;
        let checked = experiment.check().unwrap();
        let cell = CellIndex { row: 0, column: 0, channel: 3 };
        receptive_fields(checked.layers(), 2, cell).unwrap()[2].channel
    };
    assert_eq!(field(Activation::Softmax), None);
    assert_eq!(field(Activation::Relu), Some(3));
}

#[test]
fn entries_are_all_numbers_but_zeros() {
    let specials = [0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 0.5, f32::MIN_POSITIVE, -1e-45, 1e-45, f32::MAX, 4.0, -8.0];
    // Alone in a block of eight, and in the rest of a row after its last block.
    for (row_len, place) in [(8, 0), (8, 7), (24, 13), (11, 10), (3, 1)] {
        for value in specials {
            let mut x = vec![0.0; row_len];
            x[place] = value;
            let mut rows = SparseRows::new();
            rows.fill(&x, row_len);
            let expected = if value == 0.0 { vec![] } else { vec![(place as u32, value)] };
            assert_eq!(rows.row(0), expected, "{value:e} at {place} of {row_len}");
        }
    }
}

/// Asserts that a field takes both ends of its range and refuses what is just beyond them.
#[track_caller]
fn assert_range<T: Copy + std::fmt::Debug>(set: impl Fn(&mut Experiment, T), inside: [T; 2], outside: &[T]) {
    let is_right = |value: T| {
        let mut experiment = Preset::LessonCnn.experiment();
        set(&mut experiment, value);
        experiment.check().is_ok()
    };
    for value in inside {
        assert!(is_right(value), "{value:?} is inside");
    }
    for &value in outside {
        assert!(!is_right(value), "{value:?} is outside");
    }
}

fn hidden_dense(experiment: &mut Experiment, units: usize) {
    experiment.network = vec![LayerConfig::FLATTEN, dense(units, Activation::Relu), dense(10, Activation::Softmax)];
}

#[test]
fn fields_of_layers_take_the_ends_of_their_ranges() {
    assert_range(hidden_dense, [1, 4_096], &[0, 4_097]);
    let filters = |experiment: &mut Experiment, filters| {
        experiment.network[0] = conv2d(filters, [3, 3], Activation::Relu);
    };
    assert_range(filters, [1, 512], &[0, 513]);
    let kernel_size = |experiment: &mut Experiment, kernel_size| {
        experiment.network =
            vec![conv2d(2, kernel_size, Activation::Relu), LayerConfig::FLATTEN, dense(10, Activation::Softmax)];
    };
    assert_range(kernel_size, [[1, 1], [28, 28]], &[[0, 1], [1, 0], [29, 1], [1, 29]]);
    let strides = |experiment: &mut Experiment, strides| {
        kernel_size(experiment, [1, 1]);
        if let LayerConfig::Conv2D(config) = &mut experiment.network[0] {
            config.strides = strides;
        }
    };
    assert_range(strides, [[1, 1], [28, 28]], &[[0, 1], [1, 0], [29, 1], [1, 29]]);
    let rate = |experiment: &mut Experiment, rate| {
        if let LayerConfig::Dropout(config) = &mut experiment.network[5] {
            config.rate = rate;
        }
    };
    assert_range(rate, [0.0, 0.999_999], &[1.0, -f64::MIN_POSITIVE, f64::NAN]);
    let l2 = |experiment: &mut Experiment, l2| {
        if let LayerConfig::Dense(config) = &mut experiment.network[6] {
            config.kernel_regularizer = Regularizer { l1: 0.0, l2 };
        }
    };
    assert_range(l2, [0.0, 1e6], &[-f64::MIN_POSITIVE, 1e6 + 1.0, f64::NAN, f64::INFINITY]);
}

#[test]
fn fields_of_data_and_training_take_the_ends_of_their_ranges() {
    assert_range(|experiment, n_samples| experiment.data = DataConfig::mnist(n_samples), [2, 60_000], &[0, 1, 60_001]);
    assert_range(|experiment, batch_size| experiment.training.batch_size = batch_size, [1, 10_000], &[0, 10_001]);
    assert_range(|experiment, epochs| experiment.training.epochs = epochs, [1, 1_000], &[0, 1_001]);
    assert_range(
        |experiment, learning_rate| experiment.training.learning_rate = learning_rate,
        [f64::MIN_POSITIVE, 100.0],
        &[0.0, -0.1, 100.000_001, f64::NAN],
    );
    assert_range(|experiment, seed| experiment.seed = seed, [0, Experiment::MAX_SEED], &[Experiment::MAX_SEED + 1]);
    assert_range(
        |experiment, alpha| experiment.training.regularization = Regularization::ScikitLearn { alpha },
        [0.0, 1e6],
        &[-f64::MIN_POSITIVE, 1e6 + 1.0, f64::NAN],
    );
    let split = |experiment: &mut Experiment, validation_split| {
        experiment.training.validation = Validation::Last { validation_split };
    };
    assert_range(split, [0.000_02, 0.999_98], &[0.0, 1.0, -0.1, f64::NAN]);
    let patience = |experiment: &mut Experiment, n_iter_no_change| {
        experiment.training.stop = StopRule::TrainingLoss { n_iter_no_change, tol: 0.0 };
    };
    assert_range(patience, [1, 1_000], &[0, 1_001]);
}

#[test]
fn a_network_may_have_thirty_two_layers() {
    let network = |n_flatten| {
        let mut experiment = Preset::LessonCnn.experiment();
        experiment.network = vec![LayerConfig::FLATTEN; n_flatten];
        experiment.network.push(dense(10, Activation::Softmax));
        experiment.check().is_ok()
    };
    assert!(network(31) && !network(32));
}
