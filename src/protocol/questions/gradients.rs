//! The gradient of the loss at every layer.

use super::{Answer, Question};
use crate::protocol::LayerValues;
use serde::{Deserialize, Serialize};

/// How would the loss change with each layer's output, with a class as the right answer?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gradients {
    /// An output of the network.
    pub class: u8,
}

/// Loss, outputs and gradients.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GradientsAnswer {
    /// The loss for that class.
    pub loss: f64,
    /// The outputs before the last activation.
    pub logits: Vec<f32>,
    /// The outputs.
    pub probs: Vec<f32>,
    /// Where each layer's gradient lies in `values`.
    pub layers: Vec<LayerValues>,
    /// bulk: the layers' gradients.
    #[serde(skip)]
    pub values: Vec<f32>,
}

impl Question for Gradients {
    type Answer = GradientsAnswer;
}

impl Answer for GradientsAnswer {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        Some(&mut self.values)
    }
}
