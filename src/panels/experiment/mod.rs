//! The left column: the experiment, field by field.

mod experiment_panel;
mod network;
mod training;

pub use experiment_panel::ExperimentPanel;
