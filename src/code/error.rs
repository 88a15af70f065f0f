//! What is wrong with code, and where.

use std::fmt;

/// Something in the code that cannot be read, or that Inkling cannot do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeError {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What is wrong, and what is possible instead.
    pub message: String,
}

impl std::error::Error for CodeError {}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}

/// A mistake at a byte of the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub at: usize,
    pub message: String,
}

impl Fault {
    pub fn new(at: usize, message: impl Into<String>) -> Fault {
        Fault { at, message: message.into() }
    }

    /// With line and column instead of the byte.
    pub fn in_code(self, code: &str) -> CodeError {
        let before = code.get(..self.at).unwrap_or(code);
        let line_begin = before.rfind('\n').map_or(0, |end| end + 1);
        CodeError {
            line: before.matches('\n').count() + 1,
            column: before[line_begin..].chars().count() + 1,
            message: self.message,
        }
    }
}
