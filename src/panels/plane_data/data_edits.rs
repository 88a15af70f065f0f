//! What the fields of the panel do to an experiment.

use super::fit_network::{ends_of, fit_network};
use inkling_engine::data::plane_points;
use inkling_engine::experiment::{DataConfig, Experiment, PlaneConfig, PlaneDataset};

/// The formula to begin with.
pub const FIRST_FORMULA: &str = "y > sin(x) * 3";
/// The most points that own points begin with.
const MAX_COPIED: usize = 500;
/// Points in all of Playground's data sets: with classes, and for regression.
const N_POINTS: [usize; 2] = [500, 1_200];

/// The plane of an experiment.
pub fn plane_mut(experiment: &mut Experiment) -> Option<&mut PlaneConfig> {
    match &mut experiment.data {
        DataConfig::Plane(plane) => Some(plane),
        DataConfig::Mnist(_) => None,
    }
}

/// Changes the data; if the network must end otherwise for them, its end follows.
pub fn change_plane(experiment: &mut Experiment, change: impl FnOnce(&mut PlaneConfig)) {
    let before = ends_of(&experiment.data);
    let Some(plane) = plane_mut(experiment) else { return };
    change(plane);
    if ends_of(&experiment.data) != before {
        fit_network(experiment);
    }
}

/// Takes up another data set. Own points begin as a copy of the points that are there.
pub fn choose_dataset(experiment: &mut Experiment, dataset: PlaneDataset) {
    let seed = experiment.seed;
    change_plane(experiment, |plane| {
        let former = plane.dataset;
        if dataset == former {
            return;
        }
        plane.points = if dataset == PlaneDataset::Points { copied_points(plane, seed) } else { Vec::new() };
        plane.formula = if dataset == PlaneDataset::Formula { FIRST_FORMULA.to_owned() } else { String::new() };
        if dataset.is_regression() != former.is_regression() {
            plane.n_samples = N_POINTS[usize::from(dataset.is_regression())];
        }
        plane.n_outputs = fitting_outputs(dataset, plane.n_outputs);
        plane.dataset = dataset;
    });
}

/// The points of a plane as own points, at most 500; the numbers of a regression become classes by their sign.
pub fn copied_points(plane: &PlaneConfig, seed: u64) -> Vec<[f64; 3]> {
    let n_samples = plane.n_samples.min(PlaneConfig::N_POINTS.high);
    let points = plane_points(&PlaneConfig { n_samples, ..plane.clone() }, seed).into_iter().take(MAX_COPIED);
    let hundredths = |x: f64| (x * 100.0).round() / 100.0;
    let own = points.map(|point| {
        let target = match (plane.dataset.is_regression(), point.target < 0.0) {
            (false, _) => point.target,
            (true, true) => -1.0,
            (true, false) => 1.0,
        };
        [hundredths(point.x1), hundredths(point.x2), target]
    });
    own.collect()
}

/// Outputs that a data set can have, as near to `n_outputs` as can be.
pub fn fitting_outputs(dataset: PlaneDataset, n_outputs: usize) -> usize {
    match dataset {
        _ if dataset.is_regression() => 1,
        PlaneDataset::Formula => n_outputs.clamp(1, 2),
        _ => n_outputs,
    }
}

/// Takes up another number of outputs; the classes of own points follow.
pub fn choose_outputs(experiment: &mut Experiment, n_outputs: usize) {
    change_plane(experiment, |plane| {
        let former = std::mem::replace(&mut plane.n_outputs, n_outputs);
        for [.., target] in &mut plane.points {
            *target = target_of(class_of(*target, former).min(n_outputs.max(2) - 1), n_outputs);
        }
    });
}

/// Replaces the own points, and the number of outputs that they are for. Where leftover points are carried, a batch
/// cannot be larger than the training part: it shrinks to it.
pub fn set_points(experiment: &mut Experiment, points: Vec<[f64; 3]>, n_outputs: usize) {
    change_plane(experiment, |plane| {
        plane.dataset = PlaneDataset::Points;
        plane.formula.clear();
        (plane.points, plane.n_outputs) = (points, n_outputs);
    });
    let spec = experiment.data.spec();
    let training = &mut experiment.training;
    let n_train = training.validation.split(&spec).0;
    if training.carry_leftover && PlaneConfig::N_POINTS.contains(spec.n_samples) && n_train > 0 {
        training.batch_size = training.batch_size.min(n_train);
    }
}

/// Which class a target is: with one output, 0 is below 0 and 1 above.
pub fn class_of(target: f64, n_outputs: usize) -> usize {
    if n_outputs == 1 { usize::from(target > 0.0) } else { target.max(0.0) as usize }
}

/// The target of a class.
pub fn target_of(class: usize, n_outputs: usize) -> f64 {
    if n_outputs == 1 { if class == 0 { -1.0 } else { 1.0 } } else { class as f64 }
}

/// A new text for Playground's generator, of the form that it draws itself, from a number in `[0, 1)`.
pub fn playground_text(random: f64) -> String {
    format!("0.{:05}", (random * 100_000.0) as u32)
}

/// Other random numbers, from a number in `[0, 1)`: another text for Playground's generator if it is in use, else another
/// seed.
pub fn regenerate(experiment: &mut Experiment, random: f64) {
    let text = playground_text(random);
    match plane_mut(experiment).filter(|plane| !plane.playground_seed.is_empty()) {
        Some(plane) => plane.playground_seed = text,
        // Short enough to be read aloud.
        None => experiment.seed = (random * 100_000.0) as u64,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::{Activation, LayerConfig, Loss, PlanePreset};

    fn plane(experiment: &Experiment) -> &PlaneConfig {
        let DataConfig::Plane(plane) = &experiment.data else { panic!("a plane") };
        plane
    }

    #[test]
    fn every_data_set_with_every_number_of_classes_passes_the_check_from_every_other_one() {
        for from in PlaneDataset::ALL {
            for to in PlaneDataset::ALL {
                for n_outputs in 1..=5 {
                    let mut experiment = PlanePreset::Playground.experiment();
                    let outputs = fitting_outputs(from, n_outputs);
                    choose_dataset(&mut experiment, from);
                    choose_outputs(&mut experiment, outputs);
                    experiment.check().unwrap_or_else(|errors| panic!("{from:?}, {outputs}: {errors}"));
                    choose_dataset(&mut experiment, to);
                    let outputs = fitting_outputs(to, n_outputs);
                    choose_outputs(&mut experiment, outputs);
                    experiment.check().unwrap_or_else(|errors| panic!("{from:?} to {to:?}, {outputs}: {errors}"));
                    assert_eq!((plane(&experiment).dataset, plane(&experiment).n_outputs), (to, outputs));
                }
            }
        }
    }

    #[test]
    fn a_regression_has_more_points_and_ends_linearly() {
        let mut experiment = PlanePreset::Playground.experiment();
        let first = experiment.clone();
        choose_dataset(&mut experiment, PlaneDataset::MultiGauss);
        let last = |experiment: &Experiment| match experiment.network.last() {
            Some(LayerConfig::Dense(dense)) => dense.activation,
            _ => panic!("a Dense layer"),
        };
        assert_eq!(plane(&experiment).n_samples, 1_200);
        assert_eq!((last(&experiment), experiment.training.loss), (Activation::Linear, Loss::HalfSquaredError));
        choose_dataset(&mut experiment, PlaneDataset::Circle);
        assert_eq!(experiment, first);
    }

    #[test]
    fn own_activations_outlive_another_pattern() {
        let mut experiment = PlanePreset::Circle.experiment();
        if let Some(LayerConfig::Dense(dense)) = experiment.network.last_mut() {
            dense.activation = Activation::Linear;
        }
        let network = experiment.network.clone();
        choose_dataset(&mut experiment, PlaneDataset::Xor);
        assert_eq!(experiment.network, network);
    }

    #[test]
    fn own_points_begin_with_those_that_are_there() {
        let mut experiment = PlanePreset::Plane.experiment();
        choose_dataset(&mut experiment, PlaneDataset::Points);
        assert_eq!(plane(&experiment).points.len(), 500);
        for [x1, x2, target] in &plane(&experiment).points {
            assert!((x1 + x2).abs() < 0.02 || (x1 + x2 > 0.0) == (*target > 0.0), "{x1} {x2} {target}");
        }
        experiment.check().unwrap();
    }

    #[test]
    fn classes_of_own_points_follow_the_outputs() {
        let mut experiment = PlanePreset::Circle.experiment();
        set_points(&mut experiment, vec![[0.0, 0.0, -1.0], [1.0, 0.0, 1.0]], 1);
        let targets =
            |experiment: &Experiment| plane(experiment).points.iter().map(|point| point[2]).collect::<Vec<_>>();
        choose_outputs(&mut experiment, 4);
        assert_eq!(targets(&experiment), [0.0, 1.0]);
        change_plane(&mut experiment, |plane| plane.points.push([2.0, 2.0, 3.0]));
        choose_outputs(&mut experiment, 3);
        assert_eq!(targets(&experiment), [0.0, 1.0, 2.0]);
        choose_outputs(&mut experiment, 1);
        assert_eq!(targets(&experiment), [-1.0, 1.0, 1.0]);
    }

    #[test]
    fn few_own_points_have_small_batches() {
        let mut experiment = PlanePreset::Playground.experiment();
        let points = |n: i32| (0..n).map(|i| [f64::from(i), 0.0, if i % 2 == 0 { 1.0 } else { -1.0 }]).collect();
        set_points(&mut experiment, points(3), 1);
        assert_eq!(experiment.training.batch_size, 10, "too few to train on");
        set_points(&mut experiment, points(12), 1);
        assert_eq!(experiment.training.batch_size, 6);
        experiment.check().unwrap();
    }

    #[test]
    fn regenerating_changes_the_seed_that_counts() {
        let mut experiment = PlanePreset::Playground.experiment();
        regenerate(&mut experiment, 0.000_129);
        assert_eq!((plane(&experiment).playground_seed.as_str(), experiment.seed), ("0.00012", 1));
        let mut experiment = PlanePreset::Circle.experiment();
        regenerate(&mut experiment, 0.5);
        assert_eq!((plane(&experiment).playground_seed.as_str(), experiment.seed), ("", 50_000));
    }
}
