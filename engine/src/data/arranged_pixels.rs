//! Pixels that differ from those in memory: of images that are moved, in another order, or added.

use super::{Augmentation, MNIST_SIDE, OwnDigits, PixelOrder};
use crate::experiment::CheckedExperiment;
use crate::random::Key;
use std::sync::Arc;

/// What is done with a data set's images on their way to the network, in this order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Arrangement {
    /// Images after the first ones, and how often they follow each other.
    pub extra: Option<(Arc<OwnDigits>, usize)>,
    /// How images are moved in training, and where its random numbers are.
    pub augmentation: Option<(Augmentation, Key)>,
    /// The order into which pixels are shuffled.
    pub order: Option<Arc<PixelOrder>>,
}

impl Arrangement {
    /// Whether images are as they are in memory.
    pub fn is_none(&self) -> bool {
        self.extra.is_none() && self.augmentation.is_none() && self.order.is_none()
    }

    /// Images after the first ones.
    pub fn n_extra(&self) -> usize {
        self.extra.as_ref().map_or(0, |(own, weight)| own.len() * weight)
    }

    /// Whether the experiment asks for this.
    pub fn is_of(&self, checked: &CheckedExperiment) -> bool {
        let Some(digits) = checked.experiment().data.digits() else { return self.is_none() };
        let augmentation = self.augmentation.map_or(Augmentation::NONE, |(augmentation, _)| augmentation);
        self.order.as_deref() == checked.pixel_order().as_ref()
            && augmentation == digits.augmentation
            && self.n_extra() == checked.data().n_extra
    }

    /// Copies images to `y`: as they are, or as an epoch trains on them.
    pub fn gather(&self, first: &[u8], len: usize, sample_idxs: &[u32], epoch: Option<usize>, y: &mut [u8]) {
        let augmentation = self.augmentation.zip(epoch);
        let mut moved = vec![0; len];
        for (&sample_idx, y) in sample_idxs.iter().zip(y.chunks_exact_mut(len)) {
            let mut image = self.image(first, len, sample_idx as usize);
            if let Some(((augmentation, key), epoch)) = augmentation {
                let key = key.with(epoch as u64).with(u64::from(sample_idx));
                augmentation.apply(image, MNIST_SIDE, key, &mut moved);
                image = &moved;
            }
            match &self.order {
                Some(order) => order.apply_to(image, y),
                None => y.copy_from_slice(image),
            }
        }
    }

    fn image<'a>(&'a self, first: &'a [u8], len: usize, sample_idx: usize) -> &'a [u8] {
        match (&self.extra, (sample_idx * len).checked_sub(first.len())) {
            (Some((own, _)), Some(start)) => &own.pixels()[start % own.pixels().len()..][..len],
            _ => &first[sample_idx * len..][..len],
        }
    }
}
