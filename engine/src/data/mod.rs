//! The data that networks are trained on.

pub mod mnist_manifest;
