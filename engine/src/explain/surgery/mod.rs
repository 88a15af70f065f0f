//! Edits of weights as data: weights changed, units silenced, kernels designed, parts frozen.
//!
//! The trained weights stay as they are; what is shown is made anew from them and the list of edits
//! ([`apply_edits`]), so that any edit can be taken back by leaving it out.

mod edit;
mod frozen;
mod kernel_preset;
mod layer_params;

pub use edit::{Edit, apply_edits};
pub use frozen::{Frozen, frozen_mask};
pub use kernel_preset::KernelPreset;
