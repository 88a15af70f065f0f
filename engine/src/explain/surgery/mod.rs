//! What a learner changes: weights edited, units silenced, kernels designed, all of it as data.
//!
//! The trained weights stay as they are; what is shown is made from them and the list of edits
//! ([`apply_edits`]), so that any edit can be taken back by leaving it out.

mod edit;
mod frozen;
mod kernel_preset;
mod layer_params;

pub use edit::{Edit, apply_edits};
pub use frozen::{Frozen, frozen_mask};
pub use kernel_preset::KernelPreset;
