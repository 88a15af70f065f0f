//! How a layer bends the plane: a grid and the points before it and after it.

mod choice;
mod easing;
mod projection;
mod separation;
mod space_panel;
mod space_picture;

pub use space_panel::PlaneSpacePanel;
