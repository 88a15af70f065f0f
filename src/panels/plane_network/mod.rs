//! The network of the plane as a graph: what it is given, its units with their maps, and the links between them.

mod feature_column;
mod geometry;
mod layer_head;
mod layer_orders;
mod links;
mod network_panel;
mod speed_field;
mod unit_node;
mod weight_card;

pub use network_panel::PlaneNetworkPanel;
