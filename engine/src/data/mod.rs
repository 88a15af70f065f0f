//! The data that networks are trained on.
//!
//! A kind of data set is a file of its own with a config that implements [`DatasetKind`] and [`DatasetWork`], and a line in the list of
//! [`DataConfig`](crate::experiment::DataConfig).

mod arrange;
mod arranged_pixels;
mod augment;
mod class_weight;
mod corruption;
mod dataset;
mod dataset_error;
pub mod idx;
mod kind;
mod mnist;
pub mod mnist_manifest;
mod mnist_size;
mod own_digits;
mod pixel_order;
#[cfg(feature = "plane")]
mod plane;
mod shard;
mod split;

pub use augment::Augmentation;
pub use class_weight::ClassWeight;
pub use corruption::{Corruption, MnistC};
pub use dataset::{Dataset, Inputs, Targets};
pub use dataset_error::DatasetError;
pub use kind::{DatasetKind, DatasetWork};
pub use mnist::MnistConfig;
pub use mnist_size::{MNIST_N_TEST, MNIST_N_TRAIN, MNIST_SIDE};
pub use own_digits::{OwnDigits, OwnDigitsConfig};
pub use pixel_order::PixelOrder;
#[cfg(feature = "plane")]
pub use plane::{
    Formula, FormulaError, PLANE_RADIUS, PlaneConfig, PlaneDataset, PlaneFeature, PlanePoint, SeedRandom, plane_points,
};
pub use shard::{SHARD_SIZE, Shard, ShardHeader, most_in_shard, pack_samples, shard_ranges};
pub use split::{Split, order_epoch};
