//! What the network gets wrong, image by image.

mod mistakes_panel;

pub use mistakes_panel::MistakesPanel;
