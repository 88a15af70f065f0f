//! Whether the network is as sure as it may be, and when it should say that it does not know.

mod confidence_panel;

pub use confidence_panel::ConfidencePanel;
