//! Why a text is no table of points.

use std::fmt;

/// The most characters of a cell that an error shows.
const MAX_SHOWN: usize = 20;

/// Why a text is no table of points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvError {
    /// In which line, counted from 1; 0 if it is about all of them.
    pub line: usize,
    /// In which column of the table, counted from 1; 0 if it is about all of them.
    pub column: usize,
    /// What would have been right.
    pub expected: String,
    /// What is there.
    pub got: String,
}

impl std::error::Error for CsvError {}

impl fmt::Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => {}
            (line, 0) => write!(f, "line {line}: ")?,
            (line, column) => write!(f, "line {line}, column {column}: ")?,
        }
        write!(f, "expected {}, got {}", self.expected, self.got)
    }
}

impl CsvError {
    /// A mistake of the table as a whole.
    pub fn of_all(expected: impl Into<String>, got: impl Into<String>) -> CsvError {
        CsvError { line: 0, column: 0, expected: expected.into(), got: got.into() }
    }

    /// A mistake of a cell.
    pub fn of_cell(line: usize, column: usize, expected: &str, cell: &str) -> CsvError {
        CsvError { line, column, expected: expected.to_owned(), got: shown(cell) }
    }
}

/// A cell as a message shows it.
pub fn shown(cell: &str) -> String {
    if cell.is_empty() {
        return "an empty cell".to_owned();
    }
    let end = cell.char_indices().nth(MAX_SHOWN).map(|(end, _)| end);
    format!("“{}{}”", &cell[..end.unwrap_or(cell.len())], if end.is_some() { "…" } else { "" })
}
