//! The images that the network learns from, and the learner's own.
//!
//! [`browse`] shows MNIST's images, [`curve`] trains on fewer of them, [`own`] keeps the learner's own digits. What is chosen
//! there stays while another tab is open: [`provide_training_data`].

mod browse;
mod context;
mod curve;
mod own;
mod training_data_panel;

pub use context::provide_training_data;
pub use training_data_panel::TrainingDataPanel;
