//! What is wrong with a lesson file, and where.

use thiserror::Error;

/// A fault of a lesson file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{file}:{line}: {message}")]
pub struct LessonError {
    /// The file's name.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// What was expected and what was found.
    pub message: String,
}
