//! What crosses between the training worker and its gradient helpers.

use crate::protocol::as_json;
use crate::protocol::codec::Message;
use inkling_engine::data::ShardHeader;
use inkling_engine::experiment::Experiment;
use inkling_engine::losses::ShardResult;
use serde::{Deserialize, Serialize};

/// What the training worker asks of a helper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum HelperRequest {
    /// A network whose gradients will be asked for.
    Setup {
        /// Number of the set-up.
        setup: u32,
        /// Holds the network.
        #[serde(with = "as_json")]
        experiment: Box<Experiment>,
    },
    /// A network is no longer needed.
    Forget {
        /// Number of its set-up.
        setup: u32,
    },
    /// Gradients of some shards.
    ComputeGradients {
        /// Number of the set-up that holds the network.
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

/// What a helper answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum HelperResponse {
    /// It listens; the first response.
    Ready,
    /// A job can't be done: the helper has no such network, or the request does not fit it.
    Failed {
        /// Number of the job.
        job: u32,
    },
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

impl Message for HelperRequest {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        match self {
            HelperRequest::ComputeGradients { weights, .. } => Some(weights),
            HelperRequest::Setup { .. } | HelperRequest::Forget { .. } => None,
        }
    }

    fn bytes_mut(&mut self) -> Option<&mut Vec<u8>> {
        match self {
            HelperRequest::ComputeGradients { samples, .. } => Some(samples),
            HelperRequest::Setup { .. } | HelperRequest::Forget { .. } => None,
        }
    }
}

impl Message for HelperResponse {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        match self {
            HelperResponse::Done { gradients, .. } => Some(gradients),
            HelperResponse::Ready | HelperResponse::Failed { .. } => None,
        }
    }
}
