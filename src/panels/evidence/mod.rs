//! Why the network reads what it reads, and what its units look for.
//!
//! In reading order: [`stack`] lays out the sums behind the logits, [`contour`] the outline of a drawing; the rest are
//! components.

mod activation_maximization_strip;
mod contour;
mod contribution_bars;
mod digit_canvas;
mod evidence_panel;
mod features_panel;
mod saliency_maps;
mod stack;
mod top_images;
mod unit_choice;

pub use evidence_panel::EvidencePanel;
pub use features_panel::FeaturesPanel;
pub use unit_choice::{Candidate, UnitChoice, UnitSwitch};
