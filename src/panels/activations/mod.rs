//! Inside the network: every layer's values for one image, as pictures.
//!
//! In reading order: [`mod@plan`] says how each layer is shown, [`stats`] and [`scale`] give its colours their meaning,
//! [`context`] holds the signals, [`gallery`] paints; the rest are components.

mod activations_panel;
mod context;
mod field_overlay;
mod figure;
mod gallery;
mod layer_column;
mod legend;
mod map_grid;
mod map_picture;
mod output_bars;
mod plan;
mod pointing;
mod read_out;
mod scale;
mod stats;
mod switches;
mod watcher;

pub use activations_panel::{ActivationsPanel, Around};
pub use figure::figure;
pub use layer_column::entry_of;
pub use plan::{Form, LayerPlan, plan};
pub use watcher::{LAYER_IDX_ATTRIBUTE, Watcher};
