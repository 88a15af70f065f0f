//! How much MNIST is.

/// Rows of an image, and columns.
pub const MNIST_SIDE: usize = 28;
/// Images in the training set.
pub const MNIST_N_TRAIN: usize = 60_000;
/// Images in the test set.
pub const MNIST_N_TEST: usize = 10_000;
