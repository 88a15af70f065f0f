//! The left column: the experiment, field by field.

mod editor;
mod experiment_panel;
mod fields;
mod network;
mod training;

pub use editor::{Editor, provide_editor, use_editor};
pub use experiment_panel::ExperimentPanel;
