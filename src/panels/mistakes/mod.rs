//! What the network gets wrong: which class it takes for which, the images, and the training images that it likens them to.

mod class_table;
mod confusion_cell;
mod confusion_table;
mod image_list;
mod image_page;
mod inspected_image;
mod mistakes_panel;
mod nearest_images;

pub use mistakes_panel::MistakesPanel;
