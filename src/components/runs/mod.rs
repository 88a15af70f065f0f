//! How runs are called and marked, wherever they are compared.

mod run_mark;
mod run_name;

pub use run_mark::{colour_of, letter_of};
pub use run_name::{run_name, seed_text};
