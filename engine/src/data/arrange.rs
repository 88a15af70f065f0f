//! The data set as an experiment asks for it: pixels shuffled, labels replaced, images moved, own digits added.

use super::dataset::{Dataset, DatasetError};
use super::{OwnDigits, PixelOrder, Split};
use crate::experiment::CheckedExperiment;
use crate::random::{Key, Purpose};
use std::sync::Arc;

impl CheckedExperiment {
    /// The order into which the experiment shuffles the pixels of all images, if it does.
    #[must_use]
    pub fn pixel_order(&self) -> Option<PixelOrder> {
        let experiment = self.experiment();
        let is_shuffled = experiment.data.digits().is_some_and(|digits| digits.shuffle_pixels);
        is_shuffled.then(|| PixelOrder::new(experiment.seed, self.input_shape().size()))
    }

    /// Images as the experiment's network is given them, labels as they are: for tests and for looking at. Pixels are
    /// shared with `images`.
    #[must_use]
    pub fn arranged(&self, images: &Arc<Dataset>) -> Arc<Dataset> {
        match self.pixel_order() {
            Some(order) if images.input_len() == order.sources().len() => {
                Arc::new(Dataset::clone(images).with_order(order))
            }
            _ => images.clone(),
        }
    }

    /// What the experiment trains and validates on, made of MNIST's training images and of own digits. Pixels are shared
    /// with `images`.
    ///
    /// # Errors
    /// If the experiment is trained on other own digits than these, or there are too few images for it.
    pub fn training_data(
        &self,
        images: &Arc<Dataset>,
        own: Option<&Arc<OwnDigits>>,
    ) -> Result<Arc<Dataset>, DatasetError> {
        let Some(config) = self.experiment().data.digits() else { return Ok(images.clone()) };
        let mut dataset = self.arranged(images);
        if !config.own_digits.is_none() {
            let own = own_digits_of(self, own)?;
            dataset = Arc::new(Dataset::clone(&dataset).with_extra(own, config.own_digits.weight));
        }
        if !config.augmentation.is_none() {
            let key = Key::new(self.experiment().seed, Purpose::Augmentation);
            dataset = Arc::new(Dataset::clone(&dataset).with_augmentation(config.augmentation, key));
        }
        if config.label_noise > 0.0 {
            dataset.check_fits(self)?;
            dataset = Arc::new(self.with_noisy_labels(&dataset, config.label_noise));
        }
        Ok(dataset)
    }

    /// Replaces a share of the training part's labels by other classes. Whether and by which depends on the seed and the
    /// sample alone.
    fn with_noisy_labels(&self, dataset: &Dataset, share: f64) -> Dataset {
        let (n_classes, key) = (self.data().n_outputs, Key::new(self.experiment().seed, Purpose::LabelNoise));
        let train = Split::new(self, dataset).train;
        dataset.clone().with_labels(|labels| {
            for sample_idx in train {
                let mut random = key.with(u64::from(sample_idx)).stream();
                if random.unit() < share {
                    let label = &mut labels[sample_idx as usize];
                    *label = ((usize::from(*label) + 1 + random.below(n_classes - 1)) % n_classes) as u8;
                }
            }
        })
    }
}

/// The own digits that the experiment names.
fn own_digits_of<'a>(
    checked: &CheckedExperiment,
    own: Option<&'a Arc<OwnDigits>>,
) -> Result<&'a Arc<OwnDigits>, DatasetError> {
    let config = checked.experiment().data.digits().map(|digits| digits.own_digits).unwrap_or_default();
    let is_named = |own: &&Arc<OwnDigits>| own.len() == config.n && own.fingerprint() == config.fingerprint;
    own.filter(is_named).ok_or(DatasetError::OwnDigits { expected: config.n, got: own.map_or(0, |own| own.len()) })
}
