//! The left column: the experiment, field by field.

mod experiment_panel;
mod fields;
mod network;
mod training;

pub use experiment_panel::ExperimentPanel;
