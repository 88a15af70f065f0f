//! Surgery with a score: editing the network's weights.
//!
//! In reading order: [`text`] names what was done, [`unit_weights`] gives a unit's weights with the edits on them,
//! [`weight_grid`] and [`brush`] paint over them, [`difference`] and [`ranking`] say
//! what it costs; [`context`] holds the signals; the rest are components. What was done is kept in
//! [`WeightEdits`](crate::state::WeightEdits).

mod ablation_list;
mod brush;
mod brush_tools;
mod context;
mod difference;
mod edit_list;
mod kernel_fields;
mod prediction_diff;
mod ranking;
mod score_table;
mod surgery_panel;
mod text;
mod unit_tools;
mod unit_weights;
mod weight_canvas;
mod weight_grid;

pub use surgery_panel::SurgeryPanel;
