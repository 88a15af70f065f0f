//! The network as a list of layers that can be changed.

mod add_layer;
mod arrange;
mod layer_card;
mod layer_details;
mod layer_field;
mod layer_row;
mod misfit;
mod network_editor;
mod network_orders;
mod preset_menu;

pub use network_editor::NetworkEditor;
pub use preset_menu::PresetMenu;
