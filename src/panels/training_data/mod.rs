//! The images that the network learns from, and the learner's own.

mod training_data_panel;

pub use training_data_panel::TrainingDataPanel;
