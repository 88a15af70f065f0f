//! Points of three to five classes: the patterns of two classes, with as many parts as classes.

use super::chance::Chance;
use super::config::PlaneDataset;
use super::points::PlanePoint;
use std::f64::consts::TAU;

/// Where rings and arms end.
const RADIUS: f64 = 5.0;
/// Between two rings.
const GAP: f64 = 0.5;
/// How far clouds are from the middle: that of two clouds at (2, 2) and (-2, -2).
const CLOUD_RADIUS: f64 = 2.0 * std::f64::consts::SQRT_2;

/// Point `i` of `n`; its target is a label. The first points are in the first part, and so on.
pub fn class_point(
    dataset: PlaneDataset,
    i: usize,
    n: usize,
    noise: f64,
    n_classes: usize,
    random: &mut Chance,
) -> PlanePoint {
    let class = i * n_classes / n.max(1);
    let turn = class as f64 / n_classes as f64 * TAU;
    match dataset {
        PlaneDataset::Circle => {
            let step = (RADIUS + GAP) / n_classes as f64;
            let low = class as f64 * step;
            let (radius, angle) = (random.uniform(low, low + step - GAP), random.uniform(0.0, TAU));
            let (x1, x2) = (radius * angle.sin(), radius * angle.cos());
            let [seen_1, seen_2] = nearby([x1, x2], RADIUS * noise, random);
            // Rings meet in the middle of their gaps.
            let ring = ((seen_1.hypot(seen_2) + GAP / 2.0) / step) as usize;
            PlanePoint { x1, x2, target: ring.min(n_classes - 1) as f64 }
        }
        PlaneDataset::Gauss => {
            let deviation = (0.5 + 7.0 * noise).sqrt();
            let angle = TAU / 8.0 + turn;
            let [x1, x2] = [angle.cos(), angle.sin()].map(|place| CLOUD_RADIUS * place + deviation * random.normal());
            PlanePoint { x1, x2, target: class as f64 }
        }
        PlaneDataset::Spiral => {
            let begin = (class * n).div_ceil(n_classes);
            let end = ((class + 1) * n).div_ceil(n_classes);
            let share = (i - begin) as f64 / (end - begin) as f64;
            let (radius, angle) = (RADIUS * share, 1.75 * share * TAU + turn);
            let [x1, x2] = nearby([radius * angle.sin(), radius * angle.cos()], noise, random);
            PlanePoint { x1, x2, target: class as f64 }
        }
        // Sectors. Other patterns have no such number of classes, which the check says.
        _ => {
            let (x1, x2) = (random.uniform(-RADIUS, RADIUS), random.uniform(-RADIUS, RADIUS));
            let [seen_1, seen_2] = nearby([x1, x2], RADIUS * noise, random);
            let sector = (seen_2.atan2(seen_1).rem_euclid(TAU) / TAU * n_classes as f64) as usize;
            PlanePoint { x1, x2, target: sector.min(n_classes - 1) as f64 }
        }
    }
}

fn nearby(point: [f64; 2], reach: f64, random: &mut Chance) -> [f64; 2] {
    point.map(|x| x + random.uniform(-reach, reach))
}

#[cfg(test)]
mod tests {
    use super::super::points::plane_points;
    use super::super::{PlaneConfig, PlaneDataset};
    use super::*;

    fn points(dataset: PlaneDataset, n_outputs: usize, noise: f64) -> Vec<PlanePoint> {
        plane_points(&PlaneConfig { dataset, n_outputs, noise, n_samples: 600, ..PlaneConfig::default() }, 1)
    }

    #[test]
    fn classes_have_parts_of_their_own_and_are_even() {
        for n_classes in 3..=5 {
            for dataset in [PlaneDataset::Circle, PlaneDataset::Gauss, PlaneDataset::Spiral, PlaneDataset::Xor] {
                let mut counts = vec![0; n_classes];
                let points = points(dataset, n_classes, 0.0);
                points.iter().for_each(|point| counts[point.target as usize] += 1);
                let is_even = counts.iter().all(|&count| match dataset {
                    PlaneDataset::Xor => count > 600 / n_classes / 2,
                    _ => count == 600 / n_classes,
                });
                assert!(is_even, "{dataset:?}: {counts:?}");
                assert!(points.iter().all(|point| point.x1.hypot(point.x2) < 7.5), "{dataset:?}");
            }
            let step = 5.5 / n_classes as f64;
            for point in points(PlaneDataset::Circle, n_classes, 0.0) {
                let (radius, low) = (point.x1.hypot(point.x2), point.target * step);
                assert!(radius >= low - 1e-9 && radius <= low + step - 0.5 + 1e-9, "{point:?}");
            }
        }
        for point in points(PlaneDataset::Xor, 4, 0.0) {
            let quadrant = match (point.x1 >= 0.0, point.x2 >= 0.0) {
                (true, true) => 0.0,
                (false, true) => 1.0,
                (false, false) => 2.0,
                (true, false) => 3.0,
            };
            assert_eq!(point.target, quadrant, "{point:?}");
        }
    }

    #[test]
    fn noise_flips_labels_or_moves_points() {
        for dataset in [PlaneDataset::Circle, PlaneDataset::Xor] {
            let (clean, noisy) = (points(dataset, 3, 0.0), points(dataset, 3, 0.3));
            let n_flipped = clean.iter().zip(&noisy).filter(|(clean, noisy)| clean.target != noisy.target).count();
            assert!((20..500).contains(&n_flipped), "{dataset:?}: {n_flipped}");
            assert!(noisy.iter().all(|point| (0.0..3.0).contains(&point.target)));
        }
        assert_ne!(points(PlaneDataset::Spiral, 3, 0.0), points(PlaneDataset::Spiral, 3, 0.1));
    }

    #[test]
    fn two_classes_are_the_points_of_one_output() {
        for dataset in [PlaneDataset::Circle, PlaneDataset::Gauss, PlaneDataset::Spiral, PlaneDataset::Xor] {
            for (two, one) in points(dataset, 2, 0.1).iter().zip(points(dataset, 1, 0.1)) {
                assert_eq!((two.x1, two.x2, two.target == 1.0), (one.x1, one.x2, one.target > 0.0));
            }
        }
    }
}
