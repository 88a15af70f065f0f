//! Digits that the learner has drawn and kept: further images to train on.

use super::dataset::DatasetError;
use super::mnist::MNIST_SIDE;
use crate::field::{CountRange, FieldMut, FieldSpec, SeedRange};
use crate::random::{Key, Purpose};
use serde::{Deserialize, Serialize};

const N_PIXELS: usize = MNIST_SIDE * MNIST_SIDE;
const HELP: &str = "Digits of your own that training uses beside MNIST's. Each is counted as several images in every epoch; none is kept for validation.";

const N: FieldSpec<CountRange> =
    FieldSpec::new("own_digits.n", "Own digits", HELP, CountRange { low: 0, high: OwnDigitsConfig::MAX })
        .term("own digits")
        .detail()
        .optional();
const WEIGHT: FieldSpec<CountRange> =
    FieldSpec::new("own_digits.weight", "Count each as", HELP, CountRange { low: 1, high: 100 })
        .term("own digits")
        .unit("images")
        .detail()
        .optional();
const FINGERPRINT: FieldSpec<SeedRange> =
    FieldSpec::new("own_digits.fingerprint", "Fingerprint", HELP, SeedRange { high: (1 << 53) - 1 })
        .term("own digits")
        .detail()
        .optional();

/// Which own digits an experiment is trained on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnDigitsConfig {
    /// Drawings, up to [`MAX`](OwnDigitsConfig::MAX).
    pub n: usize,
    /// Images that each is counted as in an epoch, in `1..=100`. With augmentation each is moved in its own way.
    pub weight: usize,
    /// [`OwnDigits::fingerprint`] of these drawings; 0 without any.
    pub fingerprint: u64,
}

impl Default for OwnDigitsConfig {
    fn default() -> OwnDigitsConfig {
        OwnDigitsConfig { n: 0, weight: 1, fingerprint: 0 }
    }
}

impl OwnDigitsConfig {
    /// The most drawings.
    pub const MAX: usize = 1_000;
    /// How many images a drawing may be counted as.
    pub const WEIGHTS: CountRange = WEIGHT.range;

    /// These drawings, each counted as `weight` images.
    #[must_use]
    pub fn of(digits: &OwnDigits, weight: usize) -> OwnDigitsConfig {
        OwnDigitsConfig { n: digits.len(), weight, fingerprint: digits.fingerprint() }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.n == 0
    }

    /// Images that they count as in an epoch.
    #[must_use]
    pub fn n_images(&self) -> usize {
        self.n.saturating_mul(self.weight)
    }

    /// Number, weight and fingerprint.
    pub(crate) fn fields(&mut self) -> [FieldMut<'_>; 3] {
        [
            FieldMut::Count(&N, &mut self.n),
            FieldMut::Count(&WEIGHT, &mut self.weight),
            FieldMut::Seed(&FINGERPRINT, &mut self.fingerprint),
        ]
    }
}

/// Drawings with their labels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnDigits {
    pixels: Vec<u8>,
    labels: Vec<u8>,
}

impl OwnDigits {
    /// Drawings of 28×28 bytes each (ink = 255), one after the other, and the digit that each is.
    ///
    /// # Errors
    /// If there are not 784 pixels for each label, or a label is no digit.
    pub fn new(pixels: Vec<u8>, labels: Vec<u8>) -> Result<OwnDigits, DatasetError> {
        if !pixels.len().is_multiple_of(N_PIXELS) {
            return Err(DatasetError::Ragged { n_numbers: pixels.len(), input_len: N_PIXELS });
        }
        let (n_samples, n_targets) = (pixels.len() / N_PIXELS, labels.len());
        if n_samples != n_targets {
            return Err(DatasetError::Count { n_samples, n_targets });
        }
        if let Some(label) = labels.iter().find(|&&label| label > 9) {
            return Err(DatasetError::Targets { expected: "10 classes".to_owned(), got: format!("label {label}") });
        }
        Ok(OwnDigits { pixels, labels })
    }

    /// Drawings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// All pixels, `[n, 28, 28]`.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The digit of each.
    #[must_use]
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// A number that other drawings, labels or orders of them do not have, except by a chance of 2^-53; 0 for none.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        if self.is_empty() {
            return 0;
        }
        let bytes = self.labels.chunks(8).chain(self.pixels.chunks(8));
        let words = bytes.map(|bytes| bytes.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        words.fold(Key::new(self.len() as u64, Purpose::OwnDigits), Key::with).at(0) >> 11
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn a_changed_pixel_label_or_order_changes_the_fingerprint() {
        let pixels = [[10; N_PIXELS], [20; N_PIXELS]].concat();
        let of = |pixels: &[u8], labels: &[u8]| OwnDigits::new(pixels.to_vec(), labels.to_vec()).unwrap().fingerprint();
        let original = of(&pixels, &[3, 4]);
        assert_eq!(of(&pixels, &[3, 4]), original);
        let mut changed = pixels.clone();
        changed[N_PIXELS + 5] = 21;
        let swapped = [[20; N_PIXELS], [10; N_PIXELS]].concat();
        let others = [of(&changed, &[3, 4]), of(&pixels, &[3, 5]), of(&swapped, &[3, 4]), of(&pixels[..784], &[3])];
        assert!(others.iter().all(|other| *other != original), "{original} in {others:?}");
        assert!(original < 1 << 53);
        assert_eq!(OwnDigits::default().fingerprint(), 0);
    }

    #[test]
    fn what_is_no_digit_is_refused() {
        let message = |n_pixels: usize, labels: &[u8]| {
            OwnDigits::new(vec![0; n_pixels], labels.to_vec()).unwrap_err().to_string()
        };
        assert_eq!(message(783, &[1]), "783 numbers are no whole number of samples of 784");
        assert_eq!(message(784, &[1, 2]), "expected a target for each of 1 samples, got 2");
        assert_eq!(message(784, &[10]), "expected targets of 10 classes, got label 10");
    }
}
