//! The loss around the present weights, on a plane through them, with the path of training.
//!
//! [`surface`] has the picture's numbers and words, [`contours`] its lines; the rest are components.

mod contours;
mod surface;
mod surface_panel;
mod surface_picture;

pub use surface_panel::PlaneSurfacePanel;
