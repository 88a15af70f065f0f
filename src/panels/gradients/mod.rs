//! How the network learns: the gradient of the loss of one image at every layer, and one training step in numbers.
//!
//! [`training_step`] has the numbers and the text of the step; the rest are components.

mod gradient_layer;
mod gradients_panel;
mod step_walk;
mod training_step;

pub use gradients_panel::GradientsPanel;
