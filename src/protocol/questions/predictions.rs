//! What a network predicts for every image of a set.

use super::{Answer, Question};
use crate::protocol::ImageSet;
use serde::{Deserialize, Serialize};

/// What does the present network predict for every image of a set, whatever it learns meanwhile?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Predictions {
    /// Which.
    pub set: ImageSet,
}

/// The predictions so far, again and again until the set is through; `n_steps` of the event are those of
/// the network that predicts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PredictionsAnswer {
    /// Images in all.
    pub n_total: usize,
    /// bytes: the class that is predicted for each of the first images, as many as are done.
    #[serde(skip)]
    pub classes: Vec<u8>,
}

impl Question for Predictions {
    type Answer = PredictionsAnswer;
}

impl Answer for PredictionsAnswer {
    fn bytes_mut(&mut self) -> Option<&mut Vec<u8>> {
        Some(&mut self.classes)
    }
}
