//! What the accuracy is without each unit.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// What does silencing each unit or filter of a layer do to the accuracy?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ablation {
    /// Index into the network.
    pub layer_idx: usize,
}

/// Accuracies so far, again and again until all units are through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AblationAnswer {
    /// Accuracy with all units.
    pub accuracy: f64,
    /// Accuracy without each of the units done so far.
    pub without: Vec<f64>,
    /// Units that were silent on every image.
    pub dead: Vec<usize>,
    /// Units in all.
    pub n_units: usize,
}

impl Question for Ablation {
    type Answer = AblationAnswer;
}

impl Answer for AblationAnswer {}
