//! The data that networks are trained on.

mod augment;
mod dataset;
pub mod idx;
pub mod mnist_manifest;
mod plane;
mod shard;
mod split;

pub use augment::Augmentation;
pub use dataset::{Dataset, DatasetError, Inputs, Targets};
pub use plane::{PLANE_RADIUS, PlanePoint, plane_points};
pub use shard::{SHARD_SIZE, Shard, ShardHeader, pack_samples};
pub use split::{Split, order_epoch};
