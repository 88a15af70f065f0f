//! Reads and checks lesson files: Markdown with fenced blocks of TOML. docs/teachers.md describes them.

mod arithmetic;
mod asked;
mod blocks;
mod build;
mod error;
mod markdown;
mod numbers;
mod sections;

pub use error::LessonError;

use super::Course;
use build::Builder;

impl Course {
    /// Reads lesson files, by their names and texts, in the order of reading.
    ///
    /// # Errors
    /// All faults that were found, each with file and line.
    pub fn read(files: &[(&str, &str)]) -> Result<Course, Vec<LessonError>> {
        let mut builder = Builder::default();
        for (name, text) in files {
            builder.add(name, text);
        }
        builder.finish()
    }
}

#[cfg(test)]
mod tests;
