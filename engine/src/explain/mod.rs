//! Takes a network's numbers apart for display.
//!
//! Pure functions and small state machines over plain slices: they know the layers
//! ([`CheckedLayer`](crate::experiment::CheckedLayer)) but not the model, so whoever runs the model hands in its
//! numbers. All numbers are for one sample, row-major, channels last. Questions come from the page, so a wrong one is
//! an [`ExplainError`]; a slice of the wrong length is a programmer's mistake and panics.
//!
//! # Layout, in reading order
//! - [`CellIndex`], [`Region`], [`SourceImage`]: where a number stands
//! - [`receptive_fields`]: what a cell sees
//! - [`cell_arithmetic`]: what a cell is made of

mod cell;
mod cell_index;
mod error;
mod receptive_field;
mod region;
mod source_image;
#[cfg(test)]
mod testing;
mod unit_sums;

pub use cell::{
    ActivationStep, AveragePoolingArithmetic, CellArithmetic, ChannelSum, Contribution, Conv2DArithmetic,
    DenseArithmetic, MaxPoolingArithmetic, SoftmaxStep, cell_arithmetic,
};
pub use cell_index::CellIndex;
pub use error::ExplainError;
pub use receptive_field::{ReceptiveField, receptive_fields};
pub use region::Region;
pub use source_image::SourceImage;
