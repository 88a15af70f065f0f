//! What networks predict for whole sets of images, and what the images are.

use crate::protocol::ImageSet;
use std::sync::Arc;

/// MNIST's labels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Labels {
    labels: Vec<u8>,
    n_train: usize,
}

impl Labels {
    /// The labels of all training images, then of all test images.
    #[must_use]
    pub fn new(labels: Vec<u8>, n_train: usize) -> Labels {
        Labels { n_train: n_train.min(labels.len()), labels }
    }

    /// The labels of a set, in the order of its images; empty before the data set is there.
    #[must_use]
    pub fn of(&self, set: ImageSet) -> &[u8] {
        let (train, test) = self.labels.split_at(self.n_train);
        match set {
            ImageSet::Train => train,
            ImageSet::Test => test,
        }
    }
}

/// What one network predicts for the images of a set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SetPredictions {
    /// Updates that the network had seen.
    pub n_steps: usize,
    /// The class that is predicted for each of the first images, as many as are done.
    pub digits: Arc<Vec<u8>>,
}

/// The newest predictions for a set, and those under way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Predictions {
    /// For all images.
    pub complete: Option<SetPredictions>,
    /// For some images, or none yet.
    pub under_way: Option<SetPredictions>,
}

impl Predictions {
    /// The predictions to show: complete ones, even if they are older than those under way.
    #[must_use]
    pub fn shown(&self) -> Option<&SetPredictions> {
        self.complete.as_ref().or(self.under_way.as_ref())
    }

    /// Updates that the network of the newest predictions had seen, complete or not.
    #[must_use]
    pub fn newest_n_steps(&self) -> Option<usize> {
        self.under_way.as_ref().or(self.complete.as_ref()).map(|predictions| predictions.n_steps)
    }

    /// Predictions were asked for.
    pub(super) fn begin(&mut self, n_steps: usize) {
        self.under_way = Some(SetPredictions { n_steps, digits: Arc::default() });
    }

    /// The predictions under way go no further.
    pub(super) fn stop(&mut self) {
        self.under_way = None;
    }

    /// Takes up what the worker has predicted. What it still sends of predictions that were stopped is dropped.
    pub(super) fn take(&mut self, n_steps: usize, n_total: usize, digits: Vec<u8>) {
        if self.under_way.is_none() {
            return;
        }
        let is_complete = digits.len() == n_total;
        let predictions = Some(SetPredictions { n_steps, digits: Arc::new(digits) });
        if is_complete {
            *self = Predictions { complete: predictions, under_way: None };
        } else {
            self.under_way = predictions;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_belong_to_their_set() {
        let labels = Labels::new(vec![1, 2, 3, 4, 5], 3);
        assert_eq!(labels.of(ImageSet::Train), [1, 2, 3]);
        assert_eq!(labels.of(ImageSet::Test), [4, 5]);
        assert!(Labels::default().of(ImageSet::Test).is_empty());
        assert!(Labels::new(vec![1], 60_000).of(ImageSet::Test).is_empty());
    }

    #[test]
    fn a_complete_predictions_is_shown_until_the_next_is_complete() {
        let mut predictions = Predictions::default();
        predictions.begin(10);
        predictions.take(10, 3, vec![7]);
        assert_eq!(predictions.shown().map(|shown| shown.digits.len()), Some(1));
        predictions.take(10, 3, vec![7, 2, 1]);
        assert_eq!(predictions.under_way, None);
        predictions.begin(20);
        predictions.take(20, 3, vec![7, 2]);
        assert_eq!(predictions.shown().map(|shown| (shown.n_steps, shown.digits.len())), Some((10, 3)));
        assert_eq!(predictions.newest_n_steps(), Some(20));
        predictions.take(20, 3, vec![7, 2, 2]);
        assert_eq!(predictions.shown().map(|shown| (shown.n_steps, shown.digits[2])), Some((20, 2)));
    }

    #[test]
    fn what_was_left_is_not_taken_up_again() {
        let mut predictions = Predictions::default();
        predictions.begin(5);
        predictions.stop();
        predictions.take(5, 2, vec![0, 1]);
        assert_eq!(predictions, Predictions::default());
    }
}
