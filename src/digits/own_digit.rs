//! A digit that the learner has kept: an image and its label.

use crate::drawing::SIDE;
use std::sync::Arc;

/// The most digits that are kept.
pub const MAX_OWN_DIGITS: usize = 500;
/// Pixels of an image.
pub const N_PIXELS: usize = SIDE * SIDE;

/// 28×28 pixels, row by row, from 0 (paper) to 255 (ink). Cheap to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigitImage(Arc<[u8]>);

impl DigitImage {
    /// An image of these bytes; `None` unless there are [`N_PIXELS`].
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<DigitImage> {
        (bytes.len() == N_PIXELS).then(|| DigitImage(bytes.into()))
    }

    /// An image of ink in `[0, 1]`; `None` unless there are [`N_PIXELS`].
    #[must_use]
    pub fn from_ink(ink: &[f32]) -> Option<DigitImage> {
        let bytes: Vec<u8> = ink.iter().map(|ink| (ink * 255.0).round().clamp(0.0, 255.0) as u8).collect();
        DigitImage::from_bytes(&bytes)
    }

    /// A number that no other image has while this one is kept, be it the same in all pixels.
    #[must_use]
    pub fn id(&self) -> usize {
        self.0.as_ptr() as usize
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Ink in `[0, 1]`, as networks are given it.
    #[must_use]
    pub fn ink(&self) -> Vec<f32> {
        self.0.iter().map(|byte| f32::from(*byte) / 255.0).collect()
    }

    /// Whether there is no ink.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.iter().all(|byte| *byte == 0)
    }
}

/// An image with a label from 0 to 9.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnDigit {
    label: u8,
    image: DigitImage,
}

impl OwnDigit {
    /// A digit; `None` if the label is not one of 0 to 9.
    #[must_use]
    pub fn new(label: u8, image: DigitImage) -> Option<OwnDigit> {
        (label <= 9).then_some(OwnDigit { label, image })
    }

    /// The digit that it is meant to be, from 0 to 9.
    #[must_use]
    pub fn label(&self) -> u8 {
        self.label
    }

    /// What it looks like.
    #[must_use]
    pub fn image(&self) -> &DigitImage {
        &self.image
    }
}

/// The digits of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadDigits {
    /// Its first ones, at most [`MAX_OWN_DIGITS`].
    pub digits: Vec<OwnDigit>,
    /// How many more it has, which were not read.
    pub n_more: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_digit_is_refused() {
        assert_eq!(DigitImage::from_bytes(&[0; 783]), None);
        assert_eq!(DigitImage::from_ink(&[0.5; 785]), None);
        let image =
            DigitImage::from_ink(&[1.5; N_PIXELS]).filter(|image| image.bytes().iter().all(|byte| *byte == 255));
        assert!(
            image.is_some_and(|image| OwnDigit::new(10, image.clone()).is_none() && OwnDigit::new(9, image).is_some())
        );
    }
}
