//! What an experiment changes in its data, in words.

use crate::plot::number::{plain, thousands};
use inkling_engine::experiment::MnistConfig;

/// Each change in a few words, as `20 % label noise`; none for MNIST as it is.
#[must_use]
pub fn data_words(digits: &MnistConfig) -> Vec<String> {
    let mut words = Vec::new();
    if digits.shuffle_pixels {
        words.push("shuffled pixels".to_owned());
    }
    if digits.label_noise != 0.0 {
        words.push(format!("{} label noise", percent_of_labels(digits.label_noise)));
    }
    if !digits.augmentation.is_none() {
        words.push("augmented".to_owned());
    }
    if !digits.class_weight.is_even() {
        words.push("class weights".to_owned());
    }
    if !digits.own_digits.is_none() {
        words.push(format!("{} own digits", thousands(digits.own_digits.n)));
    }
    words
}

/// `20 %` or `12.5 %`.
#[must_use]
pub fn percent_of_labels(share: f64) -> String {
    format!("{} %", plain((share * 1_000.0).round() / 10.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::experiment::OwnDigitsConfig;

    #[test]
    fn each_change_is_named() {
        let mut digits = MnistConfig::default();
        assert!(data_words(&digits).is_empty());
        (digits.shuffle_pixels, digits.label_noise, digits.augmentation.rotation) = (true, 0.29, 10.0);
        digits.class_weight.0[3] = 2.0;
        digits.own_digits = OwnDigitsConfig { n: 12, weight: 5, fingerprint: 7 };
        let expected = ["shuffled pixels", "29 % label noise", "augmented", "class weights", "12 own digits"];
        assert_eq!(data_words(&digits), expected);
        assert_eq!(percent_of_labels(0.125), "12.5 %");
    }
}
