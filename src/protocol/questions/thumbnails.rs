//! The pixels of some images, for lists of pictures.

use super::{Answer, Question};
use crate::protocol::ImageSet;
use serde::{Deserialize, Serialize};

/// Images on a page of a list.
pub const N_THUMBNAILS: usize = 24;

/// What do these images look like, as the network is given them?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Thumbnails {
    /// The set that they are from.
    pub set: ImageSet,
    /// Their indices in the set; `None` after the last one.
    sample_idxs: [Option<u32>; N_THUMBNAILS],
}

impl Thumbnails {
    /// About the first [`N_THUMBNAILS`] of these images.
    #[must_use]
    pub fn of(set: ImageSet, sample_idxs: &[usize]) -> Thumbnails {
        let mut list = [None; N_THUMBNAILS];
        list.iter_mut().zip(sample_idxs).for_each(|(place, idx)| *place = Some(*idx as u32));
        Thumbnails { set, sample_idxs: list }
    }

    /// The images' indices.
    pub fn sample_idxs(&self) -> impl Iterator<Item = usize> {
        self.sample_idxs.iter().flatten().map(|idx| *idx as usize)
    }
}

/// The images that there are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThumbnailsAnswer {
    /// bulk: their pixels in `[0, 1]`, one image after the other, in the order of the question; an image that the set does
    /// not have is blank.
    #[serde(skip)]
    pub pixels: Vec<f32>,
}

impl Question for Thumbnails {
    type Answer = ThumbnailsAnswer;
}

impl Answer for ThumbnailsAnswer {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        Some(&mut self.pixels)
    }
}
