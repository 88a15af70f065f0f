//! A network of Dense layers as a graph: the image, the units with their weights as pictures, and the links that carry
//! most of the image's way through them.

mod dense_graph_panel;
mod graph;
mod links;
mod unit_column;

pub use dense_graph_panel::DenseGraph;
