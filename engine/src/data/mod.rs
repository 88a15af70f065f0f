//! The data that networks are trained on.
//!
//! A kind of data set is a file of its own with a config that implements [`DatasetKind`], and a line in the list of
//! [`DataConfig`](crate::experiment::DataConfig).

mod augment;
mod chance;
mod dataset;
mod formula;
pub mod idx;
mod kind;
mod mnist;
pub mod mnist_manifest;
mod plane;
mod plane_classes;
mod plane_points;
mod seedrandom;
mod shard;
mod split;

pub use augment::Augmentation;
pub(crate) use chance::Chance;
pub use dataset::{Dataset, DatasetError, Inputs, Targets};
pub use formula::{Formula, FormulaError};
pub use kind::DatasetKind;
pub use mnist::{MNIST_N_TEST, MNIST_N_TRAIN, MNIST_SIDE, MnistConfig};
pub use plane::{PlaneConfig, PlaneDataset, PlaneFeature};
pub(crate) use plane_points::chance_after_points;
pub use plane_points::{PLANE_RADIUS, PlanePoint, plane_points};
pub use seedrandom::SeedRandom;
pub use shard::{SHARD_SIZE, Shard, ShardHeader, pack_samples};
pub use split::{Split, order_epoch};
