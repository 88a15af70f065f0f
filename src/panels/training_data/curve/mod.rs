//! How good the experiment gets with how many training images.

mod curve_chart;
mod curve_section;
mod curve_table;
mod curve_text;

pub use curve_section::CurveSection;
