//! Numeric inner loops: `f32`, slices in, slices out, nothing else.
//!
//! Legend: `n` samples, data `[n, height, width, channels]` row-major, Dense kernel `[inputs, units]`,
//! Conv2D kernel `[kernel_h, kernel_w, in_channels, filters]`. `n` follows from the slices' lengths.
//!
//! # Which kernel serves which layer, and why
//!
//! | layer | kernel | why |
//! |---|---|---|
//! | `Dense` | [`DensePlan`] | matrix products by one register-blocked micro-kernel |
//! | `Dense` on mostly zero input (pixels) | [`DensePlan`] with [`SparseRows`] | 81 % of MNIST's pixels are zero: skipped exactly |
//! | `Conv2D` | [`Conv2DPlan::forward`], [`Conv2DPlan::backward`] | the micro-kernel reads patches in place: no im2col; gradients as lists or as products, whichever is less work for the zeros that there are |
//! | `Conv2D` + `MaxPooling2D` | [`Conv2DPlan::forward_max_pool`], [`Conv2DPlan::backward_max_pool`] | outputs that no window reads are not computed; with 2×2 a tile is a window (by Winograd's algorithm for 3×3 on many channels; three wide on one channel all four outputs at once); backward touches winners only |
//! | other pooling | [`pooling`] | moves data, hardly computes: whole rows at a time |
//! | `BatchNormalization` | [`batch_normalization`] | sums in `f64`, then one pass over the numbers |
//! | activations | [`activation`] | `exp` and `tanh` as polynomials on the lanes of a register |
//! | losses | [`loss`] | value in `f64`, gradient in the same pass |
//! | optimizers, penalties | [`optimizer`] | one pass over the weights |
//! | pixels, batches, sums | [`vector`] | conversions, gathers, sums |
//!
//! # Rules
//!
//! - Gradients are **overwritten**, never accumulated; [`vector::add_assign`] sums shards.
//! - A result depends on the inputs only, bit for bit: no threads, no clock, fixed order of sums.
//! - No call allocates, except that scratch grows to the largest `n` it has seen, and a list of a window's cells.
//! - A plan holds a packed copy of the kernel: call `pack` whenever the weights have changed.
//! - Lengths that don't fit are a programmer's mistake: every function panics on them.

pub mod activation;
mod aligned;
pub mod batch_normalization;
mod conv2d;
mod conv2d_dense_gradients;
mod conv2d_geometry;
mod conv2d_gradients;
mod conv2d_sparse_gradients;
mod dense;
mod entries;
mod exponential;
mod lanes;
pub mod loss;
pub mod optimizer;
mod padded_image;
pub mod peak;
pub mod pooling;
mod product;
#[cfg(test)]
mod reference;
mod small_window;
mod sparse_product;
mod sparse_rows;
#[cfg(test)]
pub(crate) mod tests;
mod tile;
pub mod vector;
mod windows;
mod winograd;

pub use aligned::Aligned;
pub use conv2d::Conv2DPlan;
pub use conv2d_geometry::Conv2DGeometry;
pub use conv2d_gradients::Upstream;
pub use dense::DensePlan;
pub use sparse_rows::SparseRows;
