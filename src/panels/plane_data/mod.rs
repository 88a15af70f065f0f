//! The data of the plane: which points there are, and how they are drawn.

mod data_edits;
mod fit_network;
