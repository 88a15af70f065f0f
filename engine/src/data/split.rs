//! Which samples are for training and which for validation, and the order in which an epoch visits them.

use super::dataset::{Dataset, Targets};
use crate::experiment::{CheckedExperiment, Validation};
use crate::random::{Key, Purpose};

/// The two parts of a data set; each ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Samples to train on.
    pub train: Vec<u32>,
    /// Samples to validate on.
    pub validation: Vec<u32>,
}

impl Split {
    /// The parts that the experiment asks for: the last samples (Keras), or random ones (scikit-learn: stratified
    /// for two classes only). Random parts depend on the seed and the counts only. What a data set has in addition is
    /// all for training.
    #[must_use]
    pub fn new(checked: &CheckedExperiment, dataset: &Dataset) -> Split {
        let n_samples = checked.data().n_samples;
        let n_train = n_samples - checked.n_validation();
        let mut split = match checked.experiment().training.validation {
            Validation::None | Validation::Last { .. } => {
                let (train, validation) = (0..n_train as u32, n_train as u32..n_samples as u32);
                Split { train: train.collect(), validation: validation.collect() }
            }
            Validation::Random { .. } => {
                let is_stratified = checked.data().n_outputs == 1 && !checked.data().is_regression;
                let class = |sample_idx: u32| match dataset.targets() {
                    Targets::Values { values, .. } if is_stratified => usize::from(values[sample_idx as usize] > 0.0),
                    _ => 0,
                };
                random(checked.experiment().seed, n_samples, n_train, class)
            }
        };
        split.train.extend(dataset.extra_range());
        split
    }
}

/// A random split in which both parts have the two classes (0 and 1) in proportion to their sizes.
fn random(seed: u64, n_samples: usize, n_train: usize, class: impl Fn(u32) -> usize) -> Split {
    let mut samples: Vec<u32> = (0..n_samples as u32).collect();
    Key::new(seed, Purpose::Split).stream().shuffle(&mut samples);
    let n_class_1 = samples.iter().filter(|&&sample_idx| class(sample_idx) == 1).count();
    let mut quota = train_quota(n_samples, n_train, n_class_1);
    let mut split = Split { train: Vec::with_capacity(n_train), validation: Vec::with_capacity(n_samples - n_train) };
    for sample_idx in samples {
        let left = &mut quota[class(sample_idx)];
        if *left > 0 {
            *left -= 1;
            split.train.push(sample_idx);
        } else {
            split.validation.push(sample_idx);
        }
    }
    split.train.sort_unstable();
    split.validation.sort_unstable();
    split
}

/// Training samples of class 0 and 1, in proportion, rounded to the nearest (half up for class 0).
fn train_quota(n_samples: usize, n_train: usize, n_class_1: usize) -> [usize; 2] {
    let n_class_0 = n_samples - n_class_1;
    // For MNIST the products do not fit into the 32 bits of a `usize` on the web.
    let [samples, train, class_0] = [n_samples, n_train, n_class_0].map(|n| n as u64);
    let n_train_0 = ((2 * train * class_0 + samples) / (2 * samples).max(1)) as usize;
    let n_train_0 = n_train_0.min(n_train).max(n_train.saturating_sub(n_class_1));
    [n_train_0, n_train - n_train_0]
}

/// Overwrites `order` by the order of an epoch (counted from 1): newly shuffled, or the order of the samples.
pub fn order_epoch(train: &[u32], shuffle: bool, seed: u64, epoch: usize, order: &mut Vec<u32>) {
    order.clear();
    order.extend_from_slice(train);
    if shuffle {
        Key::new(seed, Purpose::Order).with(epoch as u64).stream().shuffle(order);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_split_takes_each_sample_once() {
        let split = random(3, 100, 87, |_| 0);
        assert_eq!((split.train.len(), split.validation.len()), (87, 13));
        assert!(split.validation != (87..100).collect::<Vec<_>>());
        let mut all = [split.train, split.validation].concat();
        all.sort_unstable();
        assert!(all.into_iter().eq(0..100));
    }

    #[test]
    fn two_classes_are_stratified() {
        let split = random(3, 64, 57, |sample_idx| usize::from(sample_idx < 16));
        let n_class_1 = split.validation.iter().filter(|&&sample_idx| sample_idx < 16).count();
        assert_eq!((split.validation.len(), n_class_1), (7, 2));
        assert_eq!(train_quota(10, 9, 10), [0, 9]);
        assert_eq!(train_quota(10, 9, 0), [9, 0]);
    }

    #[test]
    fn epochs_have_their_own_orders() {
        let train: Vec<u32> = (0..50).collect();
        let order = |shuffle, epoch| {
            let mut order = vec![];
            order_epoch(&train, shuffle, 1, epoch, &mut order);
            order
        };
        assert_eq!(order(false, 1), train);
        assert_ne!(order(true, 1), order(true, 2));
        assert_eq!(order(true, 2), order(true, 2));
    }
}
