//! The files of the course that comes with the page.

/// Their names in assets/lessons, in the order of reading.
pub const FILES: &[&str] = &["01-pixels.md", "02-neuron.md", "03-counting.md"];
