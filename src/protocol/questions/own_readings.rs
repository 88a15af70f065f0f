//! What the network reads in the learner's own digits.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// What does the present network read in each own digit?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OwnReadings {
    /// Which own digits: the page counts how often they have changed.
    pub n_changes: u32,
}

/// The digits that are read, once all are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnReadingsAnswer {
    /// bytes: the class that is predicted for each of the first digits, as many as are done.
    #[serde(skip)]
    pub classes: Vec<u8>,
}

impl Question for OwnReadings {
    type Answer = OwnReadingsAnswer;
}

impl Answer for OwnReadingsAnswer {
    fn bytes_mut(&mut self) -> Option<&mut Vec<u8>> {
        Some(&mut self.classes)
    }
}
