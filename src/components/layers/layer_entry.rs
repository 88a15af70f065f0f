//! The glossary's entry for a kind of layer.

use crate::components::glossary::{self, Entry};

/// The explanation of a layer's class, by its Keras name.
#[must_use]
pub fn entry_of(type_name: &str) -> Entry {
    match type_name {
        "Conv2D" => glossary::CONV2D,
        "MaxPooling2D" => glossary::MAX_POOLING2D,
        "AveragePooling2D" => glossary::AVERAGE_POOLING2D,
        "Flatten" => glossary::FLATTEN,
        "Dropout" => glossary::DROPOUT,
        "Activation" => glossary::ACTIVATION_LAYER,
        _ => glossary::DENSE,
    }
}
