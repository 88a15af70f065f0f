//! The lesson: the book beside the bench of another place.

pub use crate::panels::lesson::Book;
