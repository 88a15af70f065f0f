//! What the network has learned, and how it learns: its weights, and the gradients that change them.
//!
//! In reading order: [`layer_view`] says how each kernel is shown; [`asking`] keeps the worker's answers fresh;
//! [`picture`], [`tiling`], [`kernel_sheet`] and [`spread_shape`] turn numbers into pictures; the rest are components.
//! The pictures and their read-out serve the panels of [`evidence`](super::evidence) and [`surgery`](super::surgery)
//! too.

mod asking;
mod bias_strip;
mod class_switch;
mod context;
mod gradient_layer;
mod gradients_panel;
mod kernel_grid;
mod kernel_painter;
mod kernel_sheet;
mod layer_view;
mod layer_weights;
mod legend;
mod picture;
mod pointing;
mod portion;
mod slice_matrix;
mod spread_chart;
mod spread_shape;
mod step_walk;
mod switches;
mod tiling;
mod unit_grid;
mod walk;
mod weights_panel;

pub use asking::{Pace, keep_asking};
pub use class_switch::{ClassSwitch, most_probable};
pub use context::{Newest, newest};
pub use gradients_panel::GradientsPanel;
pub use kernel_sheet::{KernelSheet, ink_on};
pub use layer_view::{Form, LayerView, layers_with_weights};
pub use legend::ColourLegend;
pub use picture::{NumberPicture, Picture, memo_picture};
pub use pointing::{Pointed, PointedLine, Pointing, Reader, moved, reader};
pub use tiling::Tiling;
pub use weights_panel::WeightsPanel;
