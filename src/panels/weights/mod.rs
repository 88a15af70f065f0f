//! What the network has learned: its weights and biases, and how they are spread.
//!
//! In reading order: [`stretch`] gives the colours their scale, [`kernel_sheet`], [`spread_shape`] and [`portion`] lay
//! numbers out, [`context`] holds the signals; the rest are components.

mod bias_strip;
mod context;
mod kernel_grid;
mod kernel_painter;
mod kernel_sheet;
mod layer_weights;
mod normalization_weights;
mod portion;
mod slice_matrix;
mod spread_chart;
mod spread_shape;
mod stretch;
mod switches;
mod unit_grid;
mod value_strip;
mod weights_panel;

pub use kernel_sheet::KernelSheet;
pub use weights_panel::WeightsPanel;
