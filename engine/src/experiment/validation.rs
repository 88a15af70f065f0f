//! Which samples are kept back from training.

use super::DatasetSpec;
use crate::field::{FieldMut, FieldSpec, FieldWords, NumberRange, Variants};
use crate::tagged::impl_deserialize;
use serde::Serialize;

/// Which samples are kept back.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Validation {
    /// None: no `val_loss`, no `val_accuracy`.
    None,
    /// Keras `validation_split`: the last part, before any shuffling; `n_train = floor(n·(1 - split))`, for images with
    /// Keras' rounding error.
    Last {
        /// In `(0, 1)`.
        validation_split: f64,
    },
    /// scikit-learn's `early_stopping`: a random part of `ceil(fraction·n)` (stratified for two classes only).
    Random {
        /// In `(0, 1)`.
        validation_fraction: f64,
    },
}

impl Validation {
    /// The value of its tag in JSON.
    fn json_name(&self) -> &'static str {
        match self {
            Validation::None => "none",
            Validation::Last { .. } => "last",
            Validation::Random { .. } => "random",
        }
    }

    /// How many samples train, further ones included, and how many validate.
    #[must_use]
    pub fn split(self, data: &DatasetSpec) -> (usize, usize) {
        let n_samples = data.n_samples;
        let n_train = match self {
            Validation::None => n_samples,
            Validation::Last { validation_split } if data.measures_training => {
                n_train_playground(n_samples, validation_split)
            }
            Validation::Last { validation_split } => n_train_keras(n_samples, validation_split),
            Validation::Random { validation_fraction } => {
                n_samples.saturating_sub(n_validation_scikit_learn(n_samples, validation_fraction))
            }
        };
        (n_train + data.n_extra, n_samples - n_train)
    }
}

const VALIDATION_SPLIT: FieldSpec<NumberRange> = FieldSpec::new(
    "validation_split",
    "Validation share",
    "Share of the samples kept back. Keras takes the last ones, before any shuffling.",
    NumberRange::open(0.0, 1.0),
)
.term("validation split");

const VALIDATION_FRACTION: FieldSpec<NumberRange> = FieldSpec::new(
    "validation_fraction",
    "Validation share",
    "Share of the samples kept back, drawn at random as scikit-learn does with early_stopping.",
    NumberRange::open(0.0, 1.0),
)
.term("validation fraction");

impl_deserialize!(Validation, "rule", Validation::json_name);

impl Variants for Validation {
    const WORDS: FieldWords = FieldWords::new(
        "validation",
        "Validation",
        "validation",
        "Samples that are kept back from training. After each epoch they show how well the network does on samples that it has not learned by heart.",
    );

    fn all() -> Vec<Validation> {
        vec![
            Validation::Last { validation_split: 0.1 },
            Validation::Random { validation_fraction: 0.1 },
            Validation::None,
        ]
    }

    fn title(&self) -> &'static str {
        match self {
            Validation::None => "none",
            Validation::Last { .. } => "the last samples (Keras)",
            Validation::Random { .. } => "at random (scikit-learn)",
        }
    }

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        match self {
            Validation::None => vec![],
            Validation::Last { validation_split } => vec![FieldMut::Number(&VALIDATION_SPLIT, validation_split)],
            Validation::Random { validation_fraction } => {
                vec![FieldMut::Number(&VALIDATION_FRACTION, validation_fraction)]
            }
        }
    }

    /// The share stays.
    fn switched(&self, chosen: Validation) -> Validation {
        match (*self, chosen) {
            (Validation::Last { validation_split: share }, Validation::Random { .. }) => {
                Validation::Random { validation_fraction: share }
            }
            (Validation::Random { validation_fraction: share }, Validation::Last { .. }) => {
                Validation::Last { validation_split: share }
            }
            _ => chosen,
        }
    }
}

/// Keras' rule: `floor(n · (1 - validation_split))`, computed in `f64` as Keras does.
fn n_train_keras(n_samples: usize, validation_split: f64) -> usize {
    ((n_samples as f64 * (1.0 - validation_split)).floor() as usize).min(n_samples)
}

/// TensorFlow Playground's rule, `floor(n · percent / 100)`: without Keras' rounding error, which loses a sample of 500 at a
/// split of 0.9.
fn n_train_playground(n_samples: usize, validation_split: f64) -> usize {
    const DIGITS: f64 = 1e9;
    let n_train = n_samples as f64 * (1.0 - validation_split);
    (((n_train * DIGITS).round() / DIGITS) as usize).min(n_samples)
}

/// scikit-learn's rule: `ceil(validation_fraction · n)`.
fn n_validation_scikit_learn(n_samples: usize, validation_fraction: f64) -> usize {
    (validation_fraction * n_samples as f64).ceil() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DatasetKind;
    use crate::experiment::{PlaneConfig, Shape};

    #[test]
    fn points_are_split_by_whole_percents_and_images_as_keras_does() {
        for n_samples in [500, 1_200] {
            let points = DatasetSpec { n_samples, ..PlaneConfig::default().spec() };
            let images = DatasetSpec::new(Shape::Vector(1), n_samples, 1);
            for percent in (10..=90).step_by(10) {
                let split = Validation::Last { validation_split: 1.0 - percent as f64 / 100.0 };
                assert_eq!(split.split(&points).0, n_samples * percent / 100, "{percent} % of {n_samples}");
                assert!(split.split(&images).0.abs_diff(n_samples * percent / 100) <= 1);
            }
            let keras = Validation::Last { validation_split: 0.9 };
            assert_eq!(keras.split(&images).0, if n_samples == 500 { 49 } else { 119 });
        }
    }
}
