//! One training step on the subject alone, tried out.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// What would one training step on the subject alone do, with a class as the right answer?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TrialStep {
    /// An output of the network.
    pub class: u8,
}

/// The network before and after the step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrialStepAnswer {
    /// The class's probability and the loss before the step.
    pub before: ClassLoss,
    /// The same after it.
    pub after: ClassLoss,
    /// The biases of the layer that makes the logits; empty without such a layer.
    pub biases: Vec<TrialWeight>,
}

impl Question for TrialStep {
    type Answer = TrialStepAnswer;
}

impl Answer for TrialStepAnswer {}

/// How well a network recognises one image.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClassLoss {
    /// Probability of the right answer.
    pub prob: f32,
    /// Its loss.
    pub loss: f64,
}

/// A weight before and after a step, and the gradient that moved it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TrialWeight {
    /// Before the step.
    pub before: f32,
    /// By how much the loss rises with it.
    pub gradient: f32,
    /// After the step.
    pub after: f32,
}
