//! The logits as sums.

use super::{Answer, Question};
use inkling_engine::explain::LogitContributions;
use serde::{Deserialize, Serialize};

/// Which inputs of the last layer add most to each logit?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Contributions;

/// The logits as sums over the last layer's inputs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContributionsAnswer {
    /// One per class; empty if the network does not end in a Dense layer.
    pub outputs: Vec<LogitContributions>,
}

impl Question for Contributions {
    type Answer = ContributionsAnswer;
}

impl Answer for ContributionsAnswer {}
