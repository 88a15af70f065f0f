//! What a convolution does at the border, by name.

use crate::field::impl_choice;
use serde::Serialize;

/// What a convolution does at the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Padding {
    /// Only windows that fit: the output shrinks.
    #[default]
    Valid,
    /// Zeros around: with strides of 1 the output keeps its size.
    Same,
}

impl Padding {
    /// Both, in the order in which a menu shows them.
    pub const ALL: [Padding; 2] = [Padding::Valid, Padding::Same];

    /// Keras' name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Padding::Valid => "valid",
            Padding::Same => "same",
        }
    }
}

impl_choice!(Padding);
