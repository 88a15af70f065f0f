//! The outputs without and with the edits of the weights.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// What does the network say of the subject, without and with the edits that can be undone?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Comparison;

/// Both outputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComparisonAnswer {
    /// The outputs without the edits; `None` where there is no edit.
    pub before: Option<Vec<f32>>,
    /// The present outputs.
    pub after: Vec<f32>,
}

impl Question for Comparison {
    type Answer = ComparisonAnswer;
}

impl Answer for ComparisonAnswer {}
