//! The layers of a network as panels show them.
//!
//! [`LayerPlan`] says how a layer's outputs are shown, [`LayerView`] how its weights are; [`LayerWatcher`] notices
//! which layers are on the screen.

mod cell_step;
mod layer_form;
mod layer_plan;
mod layer_view;
mod layer_watcher;

pub use cell_step::CellStep;
pub use layer_form::{LayerForm, MAPS_PER_ROW};
pub use layer_plan::{LayerPlan, n_columns_of_vector, plan_layers};
pub use layer_view::{KernelForm, LayerView, layers_with_weights};
pub use layer_watcher::{LayerWatcher, layer_idx_of};
