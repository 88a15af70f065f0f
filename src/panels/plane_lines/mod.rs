//! The linear model's point of view: which line or curve each unit draws, its equation, and how the output sums them.

mod contour;
mod equation;
mod lines_panel;
mod lines_picture;
mod network_shape;
mod reading;
mod unit_look;
mod xor_pair;

pub use lines_panel::PlaneLinesPanel;
