//! The data set: each field against its range, and what only a kind of data has.

use super::check_training::check_field;
use super::validation_errors::ValidationErrors;
use super::{DataConfig, Field, Place};

/// Checks the data set.
pub fn check_data(data: &DataConfig, errors: &mut ValidationErrors) {
    let mut data = data.clone();
    for field in data.fields() {
        let place = match field.words().name {
            "noise" => Field::Noise,
            "n_outputs" => Field::NOutputs,
            _ => Field::NSamples,
        };
        check_field(&field, Place::Data(place), errors);
    }
    data.check(errors);
}
