//! Why the network reads what it reads.
//!
//! In reading order: [`logit_bar`] lays out the sums that the logits are made of, [`contour`] the outline of a drawing;
//! the rest are components.

mod contour;
mod contribution_bars;
mod evidence_panel;
mod logit_bar;
mod saliency_maps;

pub use evidence_panel::EvidencePanel;
