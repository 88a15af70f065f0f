//! The data that networks are trained on.
//!
//! A kind of data set is a file of its own with a config that implements [`DatasetKind`] and [`DatasetWork`], and a line in the list of
//! [`DataConfig`](crate::experiment::DataConfig).

mod augment;
mod corruption;
mod dataset;
pub mod idx;
mod kind;
mod mnist;
pub mod mnist_manifest;
#[cfg(feature = "plane")]
mod plane;
mod shard;
mod split;

pub use augment::Augmentation;
pub use corruption::{Corruption, MnistC};
pub use dataset::{Dataset, DatasetError, Inputs, Targets};
pub use kind::{DatasetKind, DatasetWork};
pub use mnist::{MNIST_N_TEST, MNIST_N_TRAIN, MNIST_SIDE, MnistConfig};
#[cfg(feature = "plane")]
pub use plane::{
    Formula, FormulaError, PLANE_RADIUS, PlaneConfig, PlaneDataset, PlaneFeature, PlanePoint, SeedRandom, plane_points,
};
pub use shard::{SHARD_SIZE, Shard, ShardHeader, pack_samples};
pub use split::{Split, order_epoch};
