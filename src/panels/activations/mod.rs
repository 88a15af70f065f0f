//! Inside the network: every layer's values for one image, as pictures.
//!
//! In reading order: [`stats`] and [`scale`] give the colours their meaning, [`context`] holds the signals, [`map_sheet`]
//! knows the places of pictures, [`gallery`] paints; the rest are components.

mod activations_panel;
mod context;
mod field_overlay;
mod gallery;
mod layer_column;
mod legend;
mod map_grid;
mod map_picture;
mod map_sheet;
mod output_bars;
mod pointing;
mod read_out;
mod scale;
mod stats;
mod switches;

pub use activations_panel::{ActivationsPanel, Around};
