//! What crosses between the training worker and its helpers: heads of [`Parcel`](crate::protocol::codec::Parcel)s.

use crate::protocol::as_json;
use inkling_engine::data::ShardHeader;
use inkling_engine::experiment::Experiment;
use inkling_engine::losses::ShardResult;
use serde::{Deserialize, Serialize};
use std::ops::Range;

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
    /// Shards to be worked on. Beside it: all weights, unless the helper has them, and the shards' samples as bytes, one
    /// shard after the other.
    Work {
        /// Number of the set-up that holds the network.
        setup: u32,
        /// Number of the job.
        job: u32,
        /// What is asked for.
        task: Task,
        /// What the shards are, in order.
        shards: Vec<ShardHeader>,
    },
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// The sums of the shards' gradients.
    Gradients {
        /// The first shard's place in the batch.
        first: usize,
    },
    /// Loss, hits and logits, outside of training.
    Evaluation,
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
    /// A job is done. Beside it: the sums of gradients one after the other, or the logits of all samples.
    Done {
        /// Number of the job.
        job: u32,
        /// Per shard, in order.
        results: Vec<ShardResult>,
        /// Which shards of the batch each sum is over.
        sums: Vec<Range<usize>>,
    },
}
