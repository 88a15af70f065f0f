//! One training step by one point of the plane in slow motion: forward, loss, backward and update, in numbers that add up.
//!
//! [`stages`] has the stages from an answer of the worker, [`forward`], [`loss`], [`backward`] and [`update`] their
//! numbers, [`written`] how these are written; the rest are components.

mod backward;
mod forward;
mod loss;
mod stage_view;
mod stages;
mod step_panel;
#[cfg(test)]
mod testing;
mod update;
mod written;

pub use step_panel::PlaneStepPanel;
