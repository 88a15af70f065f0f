//! One training step by one point of the plane, tried out.

use super::{Answer, Question};
use inkling_engine::trainer::DenseStep;
use serde::{Deserialize, Serialize};

/// What would one training step by one point alone do?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlaneStep {
    /// Which of the training points, in the order of the experiment.
    pub point: usize,
}

/// The point's way through the network and back, and the weights before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlaneStepAnswer {
    /// The features of the point.
    pub x: Vec<f32>,
    /// The Dense layers, in order.
    pub layers: Vec<DenseStep>,
    /// What the network gives.
    pub outputs: Vec<f32>,
    /// What the network should give.
    pub target: Vec<f32>,
    /// The point's loss, without penalties.
    pub loss: f64,
    /// The same after the update.
    pub loss_after: f64,
    /// The learning rate of the update.
    pub learning_rate: f64,
    /// bulk: all weights before the update, their gradients, and all weights after it.
    #[serde(skip)]
    pub values: Vec<f32>,
}

/// A weight in the step.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MovedWeight {
    /// Before the update.
    pub before: f32,
    /// By how much the loss rises with it, penalties included.
    pub gradient: f32,
    /// After the update.
    pub after: f32,
}

impl PlaneStepAnswer {
    /// A weight by its place among all; zeros if there is none.
    #[must_use]
    pub fn weight(&self, idx: usize) -> MovedWeight {
        let n = self.values.len() / 3;
        let at = |part: usize| if idx < n { self.values[part * n + idx] } else { 0.0 };
        MovedWeight { before: at(0), gradient: at(1), after: at(2) }
    }
}

impl Question for PlaneStep {
    type Answer = PlaneStepAnswer;
}

impl Answer for PlaneStepAnswer {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        Some(&mut self.values)
    }
}
