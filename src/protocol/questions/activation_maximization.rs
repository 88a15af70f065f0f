//! An input that excites a unit, found by gradient ascent.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// Which input excites a unit or a channel most?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ActivationMaximization {
    /// Index into the network.
    pub layer_idx: usize,
    /// Map or unit.
    pub channel: usize,
}

/// Pictures on the way, again and again until the last step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActivationMaximizationAnswer {
    /// Step and activation of each picture.
    pub snapshots: Vec<(usize, f32)>,
    /// Steps done, and in all.
    pub progress: (usize, usize),
    /// bulk: the pictures, one after the other.
    #[serde(skip)]
    pub values: Vec<f32>,
}

impl Question for ActivationMaximization {
    type Answer = ActivationMaximizationAnswer;
}

impl Answer for ActivationMaximizationAnswer {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        Some(&mut self.values)
    }
}
