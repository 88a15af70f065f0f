//! Which pixels speak for a class.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// Which pixels speak for a class: gradient × input, and what covering them costs?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Saliency {
    /// An output of the network.
    pub class: usize,
}

/// Two maps of the image, again and again until all places are covered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SaliencyAnswer {
    /// Places covered so far, and in all.
    pub progress: (usize, usize),
    /// bulk: gradient × input, then the loss of logit where a patch is covered; one number per pixel each.
    #[serde(skip)]
    pub values: Vec<f32>,
}

impl Question for Saliency {
    type Answer = SaliencyAnswer;
}

impl Answer for SaliencyAnswer {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        Some(&mut self.values)
    }
}
