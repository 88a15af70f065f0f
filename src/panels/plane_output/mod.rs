//! What the network makes of the plane: its losses, and the map of its output with the points on it.

mod losses;
mod output_map;
mod output_panel;

pub use output_panel::PlaneOutputPanel;
