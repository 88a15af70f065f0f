//! What is wrong with a question about a network: where, what was expected, what was got.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A question that has no answer, such as one for a cell outside the map. Comes from the page, so it is a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExplainError {
    /// The layer's name or the field that is wrong.
    pub place: String,
    /// What would have been right, as the end of "expected …".
    pub expected: String,
    /// What was asked for.
    pub got: String,
}

impl std::error::Error for ExplainError {}

impl fmt::Display for ExplainError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, got {}", self.place, self.expected, self.got)
    }
}

impl ExplainError {
    /// An error at that place.
    #[must_use]
    pub fn new(place: impl fmt::Display, expected: impl fmt::Display, got: impl fmt::Display) -> Self {
        ExplainError { place: place.to_string(), expected: expected.to_string(), got: got.to_string() }
    }

    /// `idx` if it is below `n`.
    pub fn check_index(place: impl fmt::Display, idx: usize, n: usize) -> Result<usize, Self> {
        if idx < n { Ok(idx) } else { Err(ExplainError::new(place, format_args!("an index below {n}"), idx)) }
    }
}
