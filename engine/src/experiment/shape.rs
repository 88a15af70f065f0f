//! The shape of one sample between two layers, without the batch axis.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Shape of one sample: `[n]` or `[height, width, channels]` (Keras `channels_last`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Shape {
    /// `n` numbers without an order in space.
    Vector(usize),
    /// Maps of `height × width`, one a channel.
    Image {
        /// Rows.
        height: usize,
        /// Columns.
        width: usize,
        /// Maps.
        channels: usize,
    },
}

impl Shape {
    /// Count of numbers of one sample, at least 1 in a checked network.
    #[must_use]
    pub fn size(self) -> usize {
        match self {
            Shape::Vector(n) => n,
            Shape::Image { height, width, channels } => height.saturating_mul(width).saturating_mul(channels),
        }
    }

    /// `[height, width, channels]`, a vector being `[1, 1, n]`.
    #[must_use]
    pub fn dims(self) -> [usize; 3] {
        match self {
            Shape::Vector(n) => [1, 1, n],
            Shape::Image { height, width, channels } => [height, width, channels],
        }
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shape::Vector(n) => write!(f, "{n}"),
            Shape::Image { height, width, channels } => write!(f, "{height}×{width}×{channels}"),
        }
    }
}
