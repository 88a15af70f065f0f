//! What one unit of the network looks for: the test images and the picture that excite it most.

mod activation_maximization_strip;
mod features_panel;
mod top_images;

pub use features_panel::FeaturesPanel;
