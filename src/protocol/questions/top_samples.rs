//! The test images that excite a unit most.

use super::{Answer, Question};
use inkling_engine::explain::CellIndex;
use serde::{Deserialize, Serialize};

/// Which test images excite a unit or a channel most?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TopSamples {
    /// Index into the network.
    pub layer_idx: usize,
    /// Map or unit.
    pub channel: usize,
}

/// The images so far, again and again until the test set is through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TopSamplesAnswer {
    /// The images, the most exciting first.
    pub samples: Vec<TopImage>,
    /// Images looked at, and in all.
    pub progress: (usize, usize),
    /// bulk: their pixels, one image after the other.
    #[serde(skip)]
    pub values: Vec<f32>,
}

impl Question for TopSamples {
    type Answer = TopSamplesAnswer;
}

impl Answer for TopSamplesAnswer {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        Some(&mut self.values)
    }
}

/// A test image that excites a unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TopImage {
    /// Index in the test set.
    pub sample_idx: usize,
    /// Its label.
    pub label: u8,
    /// The unit's, or the channel's largest output.
    pub value: f32,
    /// Where in the map.
    pub cell: CellIndex,
}
