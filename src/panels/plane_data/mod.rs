//! The data of the plane: which points there are, and how they are drawn.

mod amount_fields;
mod class_names;
mod classes_field;
mod csv_exchange;
mod data_edits;
mod data_panel;
mod dataset_choice;
mod fit_network;
mod formula_field;
mod own_points;
mod point_canvas;
mod point_editor;
mod point_picture;
mod point_place;
mod preset_menu;
mod seed_fields;
mod stops_slider;
mod text_field;
mod words;

pub use data_panel::PlaneDataPanel;
