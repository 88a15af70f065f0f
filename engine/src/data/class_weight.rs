//! What the classes count in training (Keras' `class_weight`).

use crate::field::{FieldMut, FieldSpec, NumberRange};
use serde::{Deserialize, Serialize};

/// Classes of the digits.
const N_CLASSES: usize = 10;
/// The largest weight.
const MAX_WEIGHT: f64 = 100.0;

/// What a sample's loss and gradient are multiplied by in training, by its label; as JSON a list.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClassWeight(
    /// Each in `[0, 100]`; 0 leaves the class out of learning.
    pub [f64; N_CLASSES],
);

impl Default for ClassWeight {
    fn default() -> ClassWeight {
        ClassWeight([1.0; N_CLASSES])
    }
}

macro_rules! field_specs {
    ($($class:literal),*) => {
        [$(FieldSpec::new(
            concat!("class_weight.", $class),
            $class,
            "What the images of a digit count in training: their losses and gradients are multiplied by this. 0 leaves the digit out of learning. Accuracy and validation count all images alike.",
            NumberRange::closed(0.0, MAX_WEIGHT),
        )
        .term("class weight")
        .detail()
        .optional()),*]
    };
}

static FIELDS: [FieldSpec<NumberRange>; N_CLASSES] = field_specs!("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

impl ClassWeight {
    /// Whether all classes count alike.
    #[must_use]
    pub fn is_even(&self) -> bool {
        *self == ClassWeight::default()
    }

    /// The weights as the loss takes them.
    #[must_use]
    pub fn factors(self) -> Vec<f32> {
        self.0.iter().map(|weight| *weight as f32).collect()
    }

    /// Each weight as a field.
    pub(crate) fn fields(&mut self) -> impl Iterator<Item = FieldMut<'_>> {
        FIELDS.iter().zip(&mut self.0).map(|(spec, weight)| FieldMut::Number(spec, weight))
    }
}
