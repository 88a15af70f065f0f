//! Why the network reads what it reads.
//!
//! In reading order: [`stack`] lays out the sums that the logits are made of, [`contour`] the outline of a drawing; the
//! rest are components.

mod contour;
mod contribution_bars;
mod evidence_panel;
mod saliency_maps;
mod stack;

pub use evidence_panel::EvidencePanel;
