//! Surgery with a score: the network changed by hand.
//!
//! In reading order: [`words`] names what was done, [`unit_weights`] gives a unit's weights with the edits on them,
//! [`plate`] and [`brush`] paint over them, [`weight_text`] reads typed ones, [`difference`] and [`ranking`] say what
//! it costs; [`context`] holds the signals; the rest are components. What was done is kept in
//! [`ByHand`](crate::state::ByHand).

mod brush;
mod brush_tools;
mod context;
mod damage_list;
mod difference;
mod edit_list;
mod kernel_fields;
mod operate_link;
mod outlook;
mod plate;
mod ranking;
mod score_table;
mod surgery_panel;
mod unit_tools;
mod unit_weights;
mod weight_field;
mod weight_plate;
mod weight_text;
mod words;

pub use operate_link::OperateLink;
pub use surgery_panel::{OperatedUnit, SurgeryPanel};
