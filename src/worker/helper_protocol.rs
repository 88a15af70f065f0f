//! What crosses between the training worker and its gradient helpers.

use crate::protocol::as_json;
use crate::protocol::codec::Message;
use inkling_engine::data::ShardHeader;
use inkling_engine::experiment::Experiment;
use inkling_engine::losses::ShardResult;
use serde::{Deserialize, Serialize};

/// An order to a helper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum HelperOrder {
    /// The network whose gradients will be wanted.
    Setup {
        /// Number of the set-up; work for another one is not done.
        setup: u32,
        /// Holds the network.
        #[serde(with = "as_json")]
        experiment: Box<Experiment>,
    },
    /// Gradients of some shards.
    Work {
        /// Number of the set-up that the work belongs to.
        setup: u32,
        /// Number of the job.
        job: u32,
        /// What the shards are, in order.
        shards: Vec<ShardHeader>,
        /// bulk: all weights.
        #[serde(skip)]
        weights: Vec<f32>,
        /// bytes: the shards' samples, one shard after the other.
        #[serde(skip)]
        samples: Vec<u8>,
    },
}

/// News from a helper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum HelperReport {
    /// It listens; the first report.
    Ready,
    /// A job is done.
    Done {
        /// Number of the job.
        job: u32,
        /// Per shard, in order.
        results: Vec<ShardResult>,
        /// bulk: the shards' gradients, one shard after the other.
        #[serde(skip)]
        gradients: Vec<f32>,
    },
}

impl Message for HelperOrder {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        match self {
            HelperOrder::Work { weights, .. } => Some(weights),
            HelperOrder::Setup { .. } => None,
        }
    }

    fn bytes_mut(&mut self) -> Option<&mut Vec<u8>> {
        match self {
            HelperOrder::Work { samples, .. } => Some(samples),
            HelperOrder::Setup { .. } => None,
        }
    }
}

impl Message for HelperReport {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        match self {
            HelperReport::Done { gradients, .. } => Some(gradients),
            HelperReport::Ready => None,
        }
    }
}
