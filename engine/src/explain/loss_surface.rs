//! The loss around a network's weights, on a plane through them: its two directions, and where a path of training lies
//! on it.

use crate::experiment::CheckedLayer;
use crate::random::{Key, Purpose};

/// Places of a path that its principal components are found from, at most.
const MAX_PLACES: usize = 64;
/// Rounds of the power iteration, at most; it ends sooner when nothing moves any more.
const MAX_ROUNDS: usize = 500;
/// A second component whose share of the path's variance is below this is noise.
const LEAST_SHARE: f64 = 1e-9;

/// Two directions among all weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Directions([Vec<f32>; 2]);

impl Directions {
    /// Random ones, normalised as by Li et al. (Visualizing the Loss Landscape of Neural Nets, 2018): the weights into each
    /// unit are as long as those that the network has there. Biases do not move.
    ///
    /// # Panics
    /// If the weights are not those of the layers.
    #[must_use]
    pub fn random(layers: &[CheckedLayer], weights: &[f32], seed: u64) -> Directions {
        Directions([0, 1].map(|direction| {
            let mut stream = Key::new(seed, Purpose::LossSurface).with(direction).stream();
            let mut numbers = vec![0.0; weights.len()];
            let mut start = 0;
            for layer in layers {
                let kernel = start..start + layer.n_kernel;
                numbers[kernel.clone()].iter_mut().for_each(|number| *number = stream.normal() as f32);
                let n_units = layer.kernel_shape().last().copied().unwrap_or(0);
                for unit in 0..n_units {
                    let share = unit_norm(&weights[kernel.clone()], unit, n_units)
                        / unit_norm(&numbers[kernel.clone()], unit, n_units).max(f64::MIN_POSITIVE);
                    let of_unit = numbers[kernel.clone()].iter_mut().skip(unit).step_by(n_units);
                    of_unit.for_each(|number| *number = (f64::from(*number) * share) as f32);
                }
                start += layer.n_params();
            }
            numbers
        }))
    }

    /// The first two principal components of a path, each as long as the path reaches from `centre` along it, and a tenth
    /// more; the path's end lies on their positive side of its beginning. `None` if the path has no two dimensions.
    ///
    /// # Panics
    /// If the lengths differ.
    #[must_use]
    pub fn along_path(path: &[&[f32]], centre: &[f32]) -> Option<Directions> {
        let thinned: Vec<&[f32]> = thinned(path);
        let mut components = principal_components(&thinned)?;
        let (first, last) = (path.first()?, path.last()?);
        for component in &mut components {
            let along = |place: &[f32]| -> f64 {
                place.iter().zip(centre).zip(&*component).map(|((at, from), unit)| f64::from(at - from) * unit).sum()
            };
            let sign = if along(last) < along(first) { -1.0 } else { 1.0 };
            let reach = path.iter().map(|place| along(place).abs()).fold(0.0, f64::max);
            component.iter_mut().for_each(|number| *number *= sign * reach * 1.1);
        }
        Some(Directions(components.map(|component| component.into_iter().map(|number| number as f32).collect())))
    }

    /// Overwrites `weights` by those at a place: `centre`, moved by a and b.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn weights_at(&self, centre: &[f32], [a, b]: [f32; 2], weights: &mut Vec<f32>) {
        let Directions([first, second]) = self;
        assert!(first.len() == centre.len() && second.len() == centre.len(), "weights of a network");
        weights.clear();
        weights
            .extend(centre.iter().zip(first).zip(second).map(|((from, first), second)| from + a * first + b * second));
    }

    /// The place that is nearest to some weights, by least squares.
    ///
    /// # Panics
    /// If the lengths differ.
    #[must_use]
    pub fn place_of(&self, centre: &[f32], weights: &[f32]) -> [f32; 2] {
        let Directions([first, second]) = self;
        assert!(first.len() == centre.len() && weights.len() == centre.len(), "weights of a network");
        let [mut aa, mut ab, mut bb, mut da, mut db] = [0.0_f64; 5];
        for ((at, from), (a, b)) in weights.iter().zip(centre).zip(first.iter().zip(second)) {
            let (moved, a, b) = (f64::from(at - from), f64::from(*a), f64::from(*b));
            (aa, ab, bb) = (aa + a * a, ab + a * b, bb + b * b);
            (da, db) = (da + moved * a, db + moved * b);
        }
        let determinant = aa * bb - ab * ab;
        if determinant > 1e-12 * aa * bb {
            [((da * bb - db * ab) / determinant) as f32, ((db * aa - da * ab) / determinant) as f32]
        } else if aa > 0.0 {
            [(da / aa) as f32, 0.0]
        } else {
            [0.0, if bb > 0.0 { (db / bb) as f32 } else { 0.0 }]
        }
    }
}

/// Length of the weights into a unit.
fn unit_norm(kernel: &[f32], unit: usize, n_units: usize) -> f64 {
    kernel.iter().skip(unit).step_by(n_units).map(|weight| f64::from(*weight).powi(2)).sum::<f64>().sqrt()
}

/// At most [`MAX_PLACES`] of a path, evenly, with the first and the last.
fn thinned<'a>(path: &[&'a [f32]]) -> Vec<&'a [f32]> {
    let n = path.len().min(MAX_PLACES);
    (0..n).map(|idx| path[idx * (path.len() - 1) / (n - 1).max(1)]).collect()
}

/// The two directions in which some places differ most, each of length 1; `None` if they lie on a line.
///
/// By power iteration on the products of the places with each other, which are fewer than those of the weights.
fn principal_components(places: &[&[f32]]) -> Option<[Vec<f64>; 2]> {
    let (n, n_weights) = (places.len(), places.first()?.len());
    let mean: Vec<f64> =
        (0..n_weights).map(|idx| places.iter().map(|place| f64::from(place[idx])).sum::<f64>() / n as f64).collect();
    let centred: Vec<Vec<f64>> =
        places.iter().map(|place| place.iter().zip(&mean).map(|(at, mean)| f64::from(*at) - mean).collect()).collect();
    let mut products: Vec<Vec<f64>> =
        centred.iter().map(|one| centred.iter().map(|other| dot(one, other)).collect()).collect();
    let (first_variance, first) = largest_eigenvector(&products)?;
    for (row, one) in products.iter_mut().zip(&first) {
        row.iter_mut().zip(&first).for_each(|(product, other)| *product -= first_variance * one * other);
    }
    let (second_variance, second) = largest_eigenvector(&products)?;
    if second_variance < LEAST_SHARE * first_variance {
        return None;
    }
    let direction = |shares: &[f64], variance: f64| -> Vec<f64> {
        let along = |idx: usize| centred.iter().zip(shares).map(|(place, share)| place[idx] * share).sum::<f64>();
        (0..n_weights).map(|idx| along(idx) / variance.sqrt()).collect()
    };
    Some([direction(&first, first_variance), direction(&second, second_variance)])
}

/// The largest eigenvalue of a symmetric matrix without negative ones, and its vector of length 1; `None` if all are 0.
fn largest_eigenvector(matrix: &[Vec<f64>]) -> Option<(f64, Vec<f64>)> {
    // A column is never at right angles to all that the matrix stretches.
    let start = (0..matrix.len()).max_by(|a, b| matrix[*a][*a].total_cmp(&matrix[*b][*b]))?;
    let mut vector: Vec<f64> = matrix[start].clone();
    let mut value = scale_to_one(&mut vector)?;
    for _ in 0..MAX_ROUNDS {
        let mut next: Vec<f64> = matrix.iter().map(|row| dot(row, &vector)).collect();
        value = scale_to_one(&mut next)?;
        let moved: f64 = next.iter().zip(&vector).map(|(next, last)| (next - last).powi(2)).sum();
        vector = next;
        if moved < 1e-24 {
            break;
        }
    }
    Some((value, vector))
}

/// Divides by the length and returns it; `None` where that is 0 or not a number.
fn scale_to_one(vector: &mut [f64]) -> Option<f64> {
    let length = dot(vector, vector).sqrt();
    if !(length.is_finite() && length > 0.0) {
        return None;
    }
    vector.iter_mut().for_each(|number| *number /= length);
    Some(length)
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::experiment::PlanePreset;
    use crate::kernels::tests::numbers;
    use crate::layers::KernelView;
    use crate::model::Model;

    #[test]
    fn random_directions_are_as_long_as_the_weights_of_each_unit() {
        let model = Model::new(&PlanePreset::Playground.experiment().check().unwrap());
        let directions = Directions::random(model.layers(), model.weights(), 7);
        assert_eq!(directions, Directions::random(model.layers(), model.weights(), 7), "the same for the same seed");
        assert_ne!(directions, Directions::random(model.layers(), model.weights(), 8));
        let Directions(both) = directions;
        assert_ne!(both[0], both[1]);
        for (layer, params) in model.layers().iter().zip(model.param_ranges()) {
            let columns = |numbers| KernelView::new(&layer.kernel_shape(), numbers);
            for direction in &both {
                assert!(direction[params.bias()].iter().all(|number| *number == 0.0), "biases do not move");
                let Some(kernel) = columns(&direction[params.kernel()]) else { continue };
                let expected = super::super::unit_norms(columns(&model.weights()[params.kernel()]).unwrap());
                let got = super::super::unit_norms(kernel);
                assert!(expected.iter().zip(&got).all(|(a, b)| (a - b).abs() < 1e-5), "{expected} {got}");
            }
        }
    }

    #[test]
    fn a_unit_without_weights_does_not_move() {
        let model = Model::new(&PlanePreset::Playground.experiment().check().unwrap());
        let weights = vec![0.0; model.n_params()];
        let Directions(both) = Directions::random(model.layers(), &weights, 1);
        assert!(both.iter().flatten().all(|number| *number == 0.0));
        assert_eq!(Directions(both).place_of(&weights, model.weights()), [0.0, 0.0], "nothing to be projected on");
    }

    #[test]
    fn a_place_is_found_again_also_where_directions_are_not_at_right_angles() {
        let centre = numbers(20, 1, 0.0);
        let first = numbers(20, 2, 0.0);
        let second: Vec<f32> = numbers(20, 3, 0.0).iter().zip(&first).map(|(new, old)| new + old).collect();
        let directions = Directions([first, second]);
        let mut weights = Vec::new();
        directions.weights_at(&centre, [0.4, -0.2], &mut weights);
        let [a, b] = directions.place_of(&centre, &weights);
        assert!((a - 0.4).abs() < 1e-5 && (b + 0.2).abs() < 1e-5, "{a} {b}");
        assert_eq!(directions.place_of(&centre, &centre), [0.0, 0.0]);
    }

    /// Places of an ellipse in 30 dimensions, with some noise.
    fn ellipse() -> (Vec<Vec<f32>>, [Vec<f64>; 2]) {
        let mut axes = [1, 2].map(|seed| numbers(30, seed, 0.0).into_iter().map(f64::from).collect::<Vec<f64>>());
        scale_to_one(&mut axes[0]).unwrap();
        let [first, second] = &mut axes;
        let share = dot(first, second);
        second.iter_mut().zip(&*first).for_each(|(number, other)| *number -= share * other);
        scale_to_one(second).unwrap();
        let place = |step: usize| {
            let angle = step as f64 / 100.0 * std::f64::consts::TAU;
            let noise = numbers(30, 100 + step as u64, 0.0);
            (0..30)
                .map(|idx| {
                    let on_axes = 5.0 * angle.cos() * axes[0][idx] + 2.0 * angle.sin() * axes[1][idx];
                    (3.0 + on_axes) as f32 + 1e-3 * noise[idx]
                })
                .collect()
        };
        ((0..100).map(place).collect(), axes)
    }

    #[test]
    fn principal_components_are_the_axes() {
        let (places, axes) = ellipse();
        let places: Vec<&[f32]> = places.iter().map(Vec::as_slice).collect();
        let components = principal_components(&thinned(&places)).unwrap();
        for (component, axis) in components.iter().zip(&axes) {
            assert!((dot(component, component) - 1.0).abs() < 1e-9);
            assert!(dot(component, axis).abs() > 0.999, "{}", dot(component, axis));
        }
        assert!(dot(&components[0], &components[1]).abs() < 1e-6);
    }

    #[test]
    fn the_path_lies_within_its_plane() {
        let (places, _) = ellipse();
        let places: Vec<&[f32]> = places[..60].iter().map(Vec::as_slice).collect();
        let centre = places[59];
        let directions = Directions::along_path(&places, centre).unwrap();
        let on_plane: Vec<[f32; 2]> = places.iter().map(|place| directions.place_of(centre, place)).collect();
        let reach = |axis: usize| on_plane.iter().map(|place| place[axis].abs()).fold(0.0, f32::max);
        assert!((reach(0) - 1.0 / 1.1).abs() < 1e-3 && (reach(1) - 1.0 / 1.1).abs() < 1e-3);
        assert!(on_plane[0][0] <= 0.0 && on_plane[0][1] <= 0.0, "it begins on the negative side: {:?}", on_plane[0]);
    }

    #[test]
    fn a_path_on_a_line_has_no_plane() {
        let places: Vec<Vec<f32>> = (0..9).map(|step| vec![step as f32, 2.0 * step as f32, 1.0]).collect();
        let places: Vec<&[f32]> = places.iter().map(Vec::as_slice).collect();
        assert!(Directions::along_path(&places, places[8]).is_none());
        assert!(Directions::along_path(&places[..1], places[0]).is_none());
        assert!(Directions::along_path(&[], places[0]).is_none());
        let broken = [[f32::NAN; 3], [0.0; 3], [1.0; 3]];
        let broken: Vec<&[f32]> = broken.iter().map(|place| &place[..]).collect();
        assert!(Directions::along_path(&broken, broken[1]).is_none());
    }
}
