//! Points of the plane, by the definitions of TensorFlow Playground (its commit 02469bd).

use super::chance::Chance;
use super::classes::class_point;
use super::config::{PlaneConfig, PlaneDataset};
use super::formula::Formula;
use crate::data::{Dataset, DatasetError, DatasetWork, Inputs, Targets};
use crate::experiment::{CheckedLayer, Experiment, Initializer};
use crate::layers::ParamRange;
use std::f64::consts::TAU;

/// Half the side of the square that is shown: points lie in about `[-6, 6]²`.
pub const PLANE_RADIUS: f64 = 6.0;

/// A point and what the network should say of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlanePoint {
    /// Across.
    pub x1: f64,
    /// Up.
    pub x2: f64,
    /// ±1, or a label from 0 for a plane with several outputs, or for a regression a number in about `[-1, 1]`.
    pub target: f64,
}

/// All points that a plane has, in a random order, the same for the same seed: the plane's own `playground_seed` if it has
/// one, else `seed`, the experiment's.
#[must_use]
pub fn plane_points(plane: &PlaneConfig, seed: u64) -> Vec<PlanePoint> {
    draw(plane, &mut Chance::new(&plane.playground_seed, seed))
}

/// Overwrites the kernels of [`Initializer::Playground`] as TensorFlow Playground draws them after the points, unit by unit
/// and in each input by input; none in a plane that does not use its generator.
pub fn initialize_as_playground(
    plane: &PlaneConfig,
    layers: &[CheckedLayer],
    params: &[ParamRange],
    weights: &mut [f32],
) {
    if plane.playground_seed.is_empty() {
        return;
    }
    let mut chance = Chance::new(&plane.playground_seed, 0);
    draw(plane, &mut chance);
    for (layer, range) in layers.iter().zip(params) {
        if layer.config.kind().kernel_initializer() == Some(Initializer::Playground) {
            let kernel = &mut weights[range.kernel()];
            for unit in 0..range.n_bias {
                for weight in kernel[unit..].iter_mut().step_by(range.n_bias) {
                    *weight = chance.uniform(-0.5, 0.5) as f32;
                }
            }
        }
    }
}

fn draw(plane: &PlaneConfig, chance: &mut Chance) -> Vec<PlanePoint> {
    let PlaneConfig { dataset, noise, n_outputs, .. } = *plane;
    let n = plane.n_points();
    let mut points = match dataset {
        PlaneDataset::Points => plane.points.iter().map(|&[x1, x2, target]| PlanePoint { x1, x2, target }).collect(),
        _ if n_outputs > 2 => (0..n).map(|i| class_point(dataset, i, n, noise, n_outputs, chance)).collect(),
        _ => {
            // One that cannot be read, which the check names, has nothing above it.
            let formula = Formula::parse(&plane.formula).ok().filter(|_| dataset == PlaneDataset::Formula);
            (0..n).map(|i| point(plane, formula.as_ref(), i, n, chance)).collect::<Vec<_>>()
        }
    };
    if n_outputs == 2 && dataset != PlaneDataset::Points {
        points.iter_mut().for_each(|point| point.target = point.target.max(0.0));
    }
    chance.shuffle(&mut points);
    points
}

/// Point `i` of `n`; where a pattern has two parts, the first half of the points is in one and the rest in the other.
fn point(plane: &PlaneConfig, formula: Option<&Formula>, i: usize, n: usize, random: &mut Chance) -> PlanePoint {
    let (dataset, noise) = (plane.dataset, plane.noise);
    let is_first_half = i < n / 2;
    match dataset {
        PlaneDataset::Circle => {
            const RADIUS: f64 = 5.0;
            let [low, high] = if is_first_half { [0.0, 0.5] } else { [0.7, 1.0] };
            let (radius, angle) = (random.uniform(low * RADIUS, high * RADIUS), random.uniform(0.0, TAU));
            let (x1, x2) = (radius * angle.sin(), radius * angle.cos());
            // The label is taken from a point nearby: noise flips labels but does not move points.
            let jitter = RADIUS * noise;
            let (seen_1, seen_2) = (x1 + random.uniform(-jitter, jitter), x2 + random.uniform(-jitter, jitter));
            PlanePoint { x1, x2, target: sign(seen_1.hypot(seen_2) < RADIUS / 2.0) }
        }
        PlaneDataset::Xor => {
            const GAP: f64 = 0.3;
            let mut coordinate = || {
                let x = random.uniform(-5.0, 5.0);
                x + if x > 0.0 { GAP } else { -GAP }
            };
            let (x1, x2) = (coordinate(), coordinate());
            let jitter = 5.0 * noise;
            let (seen_1, seen_2) = (x1 + random.uniform(-jitter, jitter), x2 + random.uniform(-jitter, jitter));
            PlanePoint { x1, x2, target: sign(seen_1 * seen_2 >= 0.0) }
        }
        PlaneDataset::Gauss => {
            let target = sign(is_first_half);
            // Variance 0.5 without noise, 4 with the most.
            let deviation = (0.5 + 7.0 * noise).sqrt();
            let mut coordinate = || 2.0 * target + deviation * random.normal();
            PlanePoint { x1: coordinate(), x2: coordinate(), target }
        }
        PlaneDataset::Spiral => {
            let (turn, n_arm, place) = if is_first_half { (0.0, n / 2, i) } else { (TAU / 2.0, n - n / 2, i - n / 2) };
            let share = place as f64 / n_arm as f64;
            let (radius, angle) = (5.0 * share, 1.75 * share * TAU + turn);
            let (shift_1, shift_2) = (random.uniform(-1.0, 1.0) * noise, random.uniform(-1.0, 1.0) * noise);
            let (x1, x2) = (radius * angle.sin() + shift_1, radius * angle.cos() + shift_2);
            PlanePoint { x1, x2, target: sign(is_first_half) }
        }
        PlaneDataset::Plane => {
            let [x1, x2, seen_1, seen_2] = jittered(noise, random);
            PlanePoint { x1, x2, target: (seen_1 + seen_2) / 10.0 }
        }
        PlaneDataset::MultiGauss => {
            let [x1, x2, seen_1, seen_2] = jittered(noise, random);
            PlanePoint { x1, x2, target: hills(seen_1, seen_2) }
        }
        PlaneDataset::Formula | PlaneDataset::Points => {
            let [x1, x2, seen_1, seen_2] = jittered(noise, random);
            let is_above = formula.is_some_and(|formula| formula.label(seen_1, seen_2));
            PlanePoint { x1, x2, target: sign(is_above) }
        }
    }
}

/// A point of the square, and another nearby.
fn jittered(noise: f64, random: &mut Chance) -> [f64; 4] {
    let mut coordinate = |radius: f64| random.uniform(-radius, radius);
    let (x1, x2) = (coordinate(PLANE_RADIUS), coordinate(PLANE_RADIUS));
    let jitter = PLANE_RADIUS * noise;
    [x1, x2, x1 + coordinate(jitter), x2 + coordinate(jitter)]
}

/// Three hills and three hollows, cones of radius 2; where they overlap, the higher (deeper) one counts.
fn hills(x1: f64, x2: f64) -> f64 {
    const CENTRES: [(f64, f64, f64); 6] =
        [(-4.0, 2.5, 1.0), (0.0, 2.5, -1.0), (4.0, 2.5, 1.0), (-4.0, -2.5, -1.0), (0.0, -2.5, 1.0), (4.0, -2.5, -1.0)];
    CENTRES.iter().fold(0.0, |height: f64, (centre_1, centre_2, sign)| {
        let cone = sign * (1.0 - (x1 - centre_1).hypot(x2 - centre_2) / 2.0).max(0.0);
        if cone.abs() > height.abs() { cone } else { height }
    })
}

fn sign(is_positive: bool) -> f64 {
    if is_positive { 1.0 } else { -1.0 }
}

/// The points that the experiment describes, as features and targets: ±1 for the squared errors and 0 or 1 for binary
/// cross-entropy; labels for several outputs.
///
/// # Errors
/// If there are no features.
pub(super) fn plane_dataset(plane: &PlaneConfig, experiment: &Experiment) -> Result<Dataset, DatasetError> {
    let features = &plane.features;
    let points = plane_points(plane, experiment.seed);
    let targets = if plane.n_outputs > 1 {
        Targets::Labels(points.iter().map(|point| point.target as u8).collect())
    } else {
        let is_zero_one = experiment.training.loss.is_of_probabilities();
        let target = |point: &PlanePoint| if is_zero_one { (point.target + 1.0) / 2.0 } else { point.target };
        Targets::Values { values: points.iter().map(|point| target(point) as f32).collect(), n_outputs: 1 }
    };
    let inputs = points.iter().flat_map(|point| features.iter().map(|f| f.of(point.x1, point.x2) as f32)).collect();
    Dataset::new(Inputs::Numbers(inputs), features.len(), targets)
}

impl DatasetWork for PlaneConfig {
    fn generate(&self, experiment: &Experiment) -> Option<Result<Dataset, DatasetError>> {
        Some(plane_dataset(self, experiment))
    }

    fn initialize(&self, layers: &[CheckedLayer], params: &[ParamRange], weights: &mut [f32]) {
        initialize_as_playground(self, layers, params, weights);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(dataset: PlaneDataset, noise: f64) -> Vec<PlanePoint> {
        plane_points(&PlaneConfig { dataset, noise, ..PlaneConfig::default() }, 1)
    }

    #[test]
    fn labels_without_noise_are_those_of_the_place() {
        for point in points(PlaneDataset::Circle, 0.0) {
            let radius = point.x1.hypot(point.x2);
            assert!(radius <= 5.0 && (radius < 2.5) == (point.target > 0.0), "{point:?}");
        }
        for point in points(PlaneDataset::Xor, 0.0) {
            assert!(point.x1.abs() >= 0.3 && point.x1.abs() <= 5.3, "{point:?}");
            assert_eq!(point.x1 * point.x2 >= 0.0, point.target > 0.0, "{point:?}");
        }
        for point in points(PlaneDataset::Plane, 0.0) {
            assert!(point.x1.abs() <= 6.0 && (point.x1 + point.x2 - 10.0 * point.target).abs() < 1e-12, "{point:?}");
        }
        assert!((hills(-4.0, 2.5) - 1.0).abs() < 1e-12 && (hills(4.0, -1.5) + 0.5).abs() < 1e-12);
        assert!(hills(-2.0, 0.0).abs() < 1e-12);
    }

    #[test]
    fn classes_are_even_and_mixed() {
        for dataset in [PlaneDataset::Circle, PlaneDataset::Gauss, PlaneDataset::Spiral] {
            let points = points(dataset, 0.0);
            let n_positive = |points: &[PlanePoint]| points.iter().filter(|point| point.target > 0.0).count();
            assert_eq!(n_positive(&points), 250, "{dataset:?}");
            assert!((30..70).contains(&n_positive(&points[..100])), "{dataset:?}");
        }
    }

    #[test]
    fn noise_flips_labels_or_spreads_points() {
        let circle = points(PlaneDataset::Circle, 0.5);
        assert!(circle.iter().any(|point| (point.x1.hypot(point.x2) < 2.5) != (point.target > 0.0)));
        let variance = |noise| {
            let points = points(PlaneDataset::Gauss, noise);
            points.iter().map(|point| (point.x1 - 2.0 * point.target).powi(2)).sum::<f64>() / 500.0
        };
        assert!((variance(0.0) - 0.5).abs() < 0.1 && (variance(0.5) - 4.0).abs() < 0.8);
        let spiral = points(PlaneDataset::Spiral, 0.0);
        assert!(spiral.iter().all(|point| point.x1.hypot(point.x2) <= 5.0));
    }

    #[test]
    fn formula_labels_points_of_the_square_or_nearby() {
        let points = |noise| {
            let formula = "x^2 + y^2 < 9".to_owned();
            let dataset = PlaneDataset::Formula;
            plane_points(&PlaneConfig { dataset, noise, formula, ..PlaneConfig::default() }, 1)
        };
        let is_inside = |point: &PlanePoint| point.x1.hypot(point.x2) < 3.0;
        let is_right = |point: &PlanePoint| is_inside(point) == (point.target > 0.0);
        assert!(points(0.0).iter().all(|point| is_right(point) && point.target.abs() == 1.0));
        assert!((60..140).contains(&points(0.0).iter().filter(|point| is_inside(point)).count()));
        assert!(points(0.0).iter().any(|point| point.x1.abs().max(point.x2.abs()) > 5.5));
        assert!((10..200).contains(&points(0.2).iter().filter(|point| !is_right(point)).count()));
    }

    #[test]
    fn seed_decides_the_points() {
        let mut plane = PlaneConfig { dataset: PlaneDataset::Xor, noise: 0.1, ..PlaneConfig::default() };
        assert_eq!(plane_points(&plane, 1), plane_points(&plane, 1));
        assert_ne!(plane_points(&plane, 1), plane_points(&plane, 2));
        plane.playground_seed = "0.5".to_owned();
        let points = plane_points(&plane, 1);
        assert_eq!(points, plane_points(&plane, 2), "the text alone counts");
        plane.playground_seed = "0.50".to_owned();
        assert_ne!(points, plane_points(&plane, 1));
    }
}
