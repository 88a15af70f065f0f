//! Own points of the plane as text: pasted or opened, and written for other programs.

mod classes;
mod csv;
mod csv_error;
mod rows;

pub use csv::{CsvPoints, CsvTargets, parse, write};
pub use csv_error::CsvError;
