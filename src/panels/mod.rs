//! The panels of a place: one folder each, one component per file.

pub mod activations;
pub mod code;
pub mod confidence;
pub mod dense_graph;
pub mod evidence;
pub mod experiment;
pub mod features;
pub mod gradients;
pub mod image_browser;
pub mod lesson;
pub mod mistakes;
pub mod pad;
pub mod plane_data;
pub mod plane_lines;
pub mod plane_network;
pub mod plane_output;
pub mod plane_share;
pub mod plane_space;
pub mod plane_step;
pub mod plane_surface;
pub mod robustness;
pub mod run;
pub mod surgery;
pub mod training_data;
pub mod unit_inspector;
pub mod weights;
