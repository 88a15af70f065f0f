//! Whether the network is as sure as it may be, and when it should say that it does not know.

mod calibration_text;
mod confidence_panel;
mod coverage;
mod diagram;
mod keep_calibrated;
mod temperature_field;
mod threshold;

pub use confidence_panel::ConfidencePanel;
pub use keep_calibrated::keep_calibrated;
