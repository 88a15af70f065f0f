//! What moved, noisy and otherwise changed images do to the accuracy.

mod robustness_panel;

pub use robustness_panel::RobustnessPanel;
