//! The data set: each field against its range, and what only a kind of data has.

use super::validation_errors::ValidationErrors;
use super::{DataConfig, Field, Place};

/// Checks the data set.
pub fn check_data(data: &DataConfig, errors: &mut ValidationErrors) {
    let mut data = data.clone();
    for field in data.fields() {
        let (name, part) = field.words().field_and_part();
        let place = Place::Data(match name {
            "noise" => Field::Noise,
            "n_outputs" => Field::NOutputs,
            "label_noise" => Field::LabelNoise,
            "shuffle_pixels" => Field::ShufflePixels,
            "augmentation" => Field::Augmentation,
            "class_weight" => Field::ClassWeight,
            "own_digits" => Field::OwnDigits,
            _ => Field::NSamples,
        });
        match (part, field.fault()) {
            (_, None) => {}
            (None, Some((expected, got))) => errors.add(place, expected, got),
            (Some(part), Some((expected, got))) => errors.add_part(place, part, &expected, got),
        }
    }
    data.check(errors);
}
