//! Why a file gives no digits.

use std::fmt;

/// Why a file gives no digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigitFileError {
    /// Where in the file; empty if it is about all of it.
    pub place: String,
    /// What would have been right.
    pub expected: String,
    /// What is there.
    pub got: String,
}

impl std::error::Error for DigitFileError {}

impl fmt::Display for DigitFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "expected {}, got {}", self.expected, self.got)
    }
}

impl DigitFileError {
    /// A mistake of the file as a whole.
    pub fn of_file(expected: impl Into<String>, got: impl Into<String>) -> DigitFileError {
        DigitFileError::at("", expected, got)
    }

    /// A mistake at a place.
    pub fn at(place: impl Into<String>, expected: impl Into<String>, got: impl Into<String>) -> DigitFileError {
        DigitFileError { place: place.into(), expected: expected.into(), got: got.into() }
    }
}
