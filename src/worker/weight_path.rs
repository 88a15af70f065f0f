//! The weights of past epochs: the path of training.

/// Places that are kept, at most.
const MAX_PLACES: usize = 200;
/// Networks with more weights leave no path.
const MAX_WEIGHTS: usize = 2_000;

/// The path of a run. Once there are too many places, every second one is forgotten, and only every second epoch is kept.
#[derive(Debug, Default)]
pub struct WeightPath {
    places: Vec<(usize, Vec<f32>)>,
    /// Epochs between two places, as a power of 2.
    doublings: u32,
}

impl WeightPath {
    /// Takes up the weights after an epoch; 0 is before the first.
    pub fn push(&mut self, epoch: usize, weights: &[f32]) {
        if weights.len() > MAX_WEIGHTS || !epoch.is_multiple_of(1 << self.doublings) {
            return;
        }
        // Of another network, or of epochs that are done again.
        self.places.retain(|(former, place)| *former < epoch && place.len() == weights.len());
        self.places.push((epoch, weights.to_vec()));
        if self.places.len() > MAX_PLACES {
            self.doublings += 1;
            let stride = 1 << self.doublings;
            self.places.retain(|(epoch, _)| epoch.is_multiple_of(stride));
        }
    }

    /// Whether nothing was kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Epochs and weights, oldest first.
    pub fn places(&self) -> impl Iterator<Item = (usize, &[f32])> {
        self.places.iter().map(|(epoch, weights)| (*epoch, weights.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_keeps_its_beginning_and_evenly_spaced_epochs() {
        let mut path = WeightPath::default();
        (0..=10_000).for_each(|epoch| path.push(epoch, &[epoch as f32]));
        let epochs: Vec<usize> = path.places().map(|(epoch, _)| epoch).collect();
        assert!(epochs.len() <= MAX_PLACES && epochs.len() > MAX_PLACES / 3, "{}", epochs.len());
        assert!(epochs.windows(2).all(|pair| pair[1] - pair[0] == 64), "{epochs:?}");
        assert!(path.places().all(|(epoch, weights)| weights == [epoch as f32]));
        assert_eq!(epochs[0], 0);
    }

    #[test]
    fn large_networks_leave_none_and_another_network_begins_afresh() {
        let mut path = WeightPath::default();
        path.push(0, &vec![0.0; MAX_WEIGHTS + 1]);
        assert!(path.is_empty());
        path.push(0, &[1.0]);
        path.push(1, &[1.0, 2.0]);
        assert_eq!(path.places().map(|(epoch, _)| epoch).collect::<Vec<_>>(), [1]);
    }
}
