//! Takes a network's numbers apart for display.
//!
//! Pure functions and small state machines over arrays and views: they know the layers
//! ([`CheckedLayer`](crate::experiment::CheckedLayer)) but not the model, so whoever runs the model hands in its
//! numbers. All numbers are for one sample, channels last. Questions come from the page, so a wrong one is an
//! [`ExplainError`]; an array of the wrong shape is a programmer's mistake and panics.
//!
//! # Layout, in reading order
//! - [`CellIndex`], [`Region`], [`SourceImage`]: where a number is
//! - [`receptive_fields`]: what a cell sees
//! - [`cell_arithmetic`]: what a cell is made of
//! - [`logit_contributions`]: what speaks for and against each class
//! - [`weight_picture()`], [`order_by_magnitude`]: kernels as pictures, and in which order
//! - [`Statistics`], [`Histogram`], [`DeadUnits`]: figures about many numbers
//! - [`gradient_times_input`], [`Occlusion`]: which pixels an output leans on
//! - [`Familiar`]: whether an image is like those that a network was trained on
//! - [`TopSamples`], [`ActivationMaximization`]: what excites a unit most, among the data and of all pictures
//! - [`Directions`]: a plane through the weights, on which the loss is looked at
//! - [`apply_edits`], [`frozen_mask`]: weights that a learner changes

mod activation_maximization;
mod cell;
mod cell_index;
mod contributions;
mod dead_units;
mod error;
mod familiar;
mod histogram;
mod image_filters;
mod loss_surface;
mod occlusion;
mod receptive_field;
mod region;
mod saliency;
mod source_image;
mod statistics;
mod surgery;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod top_samples;
mod unit_order;
mod weight_picture;

pub use crate::layers::{
    AveragePoolingArithmetic, BatchNormalizationArithmetic, ChannelSum, Contribution, Conv2DArithmetic,
    DenseArithmetic, MaxPoolingArithmetic,
};
pub use activation_maximization::{
    ActivationMaximization, ActivationMaximizationConfig, ActivationMaximizationSnapshot, ActivationMaximizationState,
};
pub use cell::{ActivationStep, CellArithmetic, SoftmaxStep, cell_arithmetic};
pub use cell_index::CellIndex;
pub use contributions::{LogitContributions, LogitTerm, logit_contributions};
pub use dead_units::DeadUnits;
pub use error::ExplainError;
pub use familiar::{Familiar, quantile};
pub use histogram::Histogram;
pub use loss_surface::Directions;
pub use occlusion::{Occlusion, OcclusionConfig};
pub use receptive_field::{ReceptiveField, receptive_fields};
pub use region::Region;
pub(crate) use region::Windows;
pub use saliency::gradient_times_input;
pub use source_image::SourceImage;
pub use statistics::{FiniteStatistics, Statistics, value_range};
pub use surgery::{Edit, Frozen, KernelPreset, apply_edits, frozen_mask};
pub use top_samples::{TopSample, TopSamples};
pub use unit_order::{order_by_magnitude, unit_influences, unit_norms};
pub use weight_picture::{WeightView, lesson_scale, weight_picture};
