//! Links of the plane to give away: to TensorFlow Playground, and to students, with controls hidden.

mod playground_link;
mod share_panel;
mod teacher_menu;

pub use share_panel::PlaneSharePanel;
