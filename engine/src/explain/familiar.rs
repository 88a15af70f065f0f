//! Whether an image is like those that a network was trained on: the distance to the nearest of them.
//!
//! Source: Sun, Ming, Zhu, Li: Out-of-distribution detection with deep nearest neighbors, 2022. `cargo xtask reproduce --doubt`
//! compares it with other rules.

/// How many neighbours count.
const N_NEAREST: usize = 3;
/// Numbers that are added at a time: a distance is a sum of so many sums.
const N_LANES: usize = 8;

/// What is known: points of one length, such as images, or what the last hidden layer gives for them.
#[derive(Debug, Clone, PartialEq)]
pub struct Familiar {
    n_numbers: usize,
    /// `[n, n_numbers]`
    points: Vec<f32>,
}

impl Familiar {
    /// Nothing is known yet of points of `n_numbers`.
    #[must_use]
    pub fn new(n_numbers: usize) -> Familiar {
        Familiar { n_numbers, points: Vec::new() }
    }

    /// Adds a point; one of another length is passed over.
    pub fn push(&mut self, point: &[f32]) {
        if point.len() == self.n_numbers {
            self.points.extend_from_slice(point);
        }
    }

    /// Mean Euclidean distance to the nearest three points; infinite if nothing is known.
    #[must_use]
    pub fn distance(&self, point: &[f32]) -> f32 {
        let mut nearest = [f32::INFINITY; N_NEAREST];
        for known in self.points.chunks_exact(self.n_numbers.max(1)) {
            let square = square_distance(known, point);
            let place = nearest.partition_point(|near| *near <= square);
            if place < N_NEAREST {
                nearest[place..].rotate_right(1);
                nearest[place] = square;
            }
        }
        nearest.iter().map(|square| square.sqrt()).sum::<f32>() / N_NEAREST as f32
    }
}

fn square_distance(one: &[f32], other: &[f32]) -> f32 {
    let (pairs, other_pairs) = (one.as_chunks::<N_LANES>(), other.as_chunks::<N_LANES>());
    let mut sums = [0.0_f32; N_LANES];
    for (one, other) in pairs.0.iter().zip(other_pairs.0) {
        for lane in 0..N_LANES {
            sums[lane] += (one[lane] - other[lane]) * (one[lane] - other[lane]);
        }
    }
    let rest = pairs.1.iter().zip(other_pairs.1).map(|(one, other)| (one - other) * (one - other));
    sums.iter().sum::<f32>() + rest.sum::<f32>()
}

/// The value that a share of `values` does not exceed; infinite without values.
#[must_use]
pub fn quantile(values: &mut [f32], share: f64) -> f32 {
    values.sort_by(f32::total_cmp);
    let place = (share * values.len() as f64).ceil() as usize;
    values.get(place.clamp(1, values.len().max(1)) - 1).copied().unwrap_or(f32::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_three_count() {
        let mut familiar = Familiar::new(1);
        for known in [10.0, 1.0, 20.0, 2.0, 3.0] {
            familiar.push(&[known]);
        }
        familiar.push(&[0.0, 0.0]);
        assert_eq!(familiar.distance(&[0.0]), 2.0, "1, 2 and 3; a point of two numbers is none");
        assert_eq!(Familiar::new(2).distance(&[0.0, 0.0]), f32::INFINITY);
    }

    #[test]
    fn long_points_have_the_distance_of_all_their_numbers() {
        let one: Vec<f32> = (0..21).map(|number| number as f32).collect();
        assert_eq!(square_distance(&one, &[0.0; 21]), one.iter().map(|number| number * number).sum::<f32>());
    }

    #[test]
    fn quantiles_are_values() {
        let mut values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!((quantile(&mut values, 0.6), quantile(&mut values, 1.0)), (3.0, 5.0));
        assert_eq!(quantile(&mut [], 0.9), f32::INFINITY);
    }
}
