//! A gradient helper: is sent weights and shards, sends back the shards' gradients. It holds no data set.

use super::channel::{listen, post};
use super::helper_protocol::{HelperOrder, HelperReport};
use inkling_engine::data::{Shard, ShardHead};
use inkling_engine::model::{Model, Workspace};
use inkling_engine::trainer::{GradientBlock, GradientSum};

/// Serves its training worker from now on.
pub fn run() {
    let mut network: Option<Network> = None;
    listen(move |order| match order {
        HelperOrder::Setup { setup, experiment } => {
            network = experiment.check().ok().map(|checked| {
                let model = Model::new(&checked);
                Network { setup, workspace: Workspace::new(&model), model, sum: GradientSum::new() }
            });
        }
        HelperOrder::Work { setup, job, first, shards, weights, samples } => {
            if let Some(network) = network.as_mut().filter(|network| network.setup == setup) {
                post(network.work(job, first, &shards, &weights, &samples));
            }
        }
    });
    post(HelperReport::Ready);
}

struct Network {
    setup: u32,
    model: Model,
    workspace: Workspace,
    sum: GradientSum,
}

impl Network {
    /// Adds up what the batch's sum adds up within these shards: little has to travel back.
    fn work(&mut self, job: u32, first: usize, shards: &[ShardHead], weights: &[f32], samples: &[u8]) -> HelperReport {
        self.model.set_weights(weights);
        self.sum.clear();
        let mut rest = samples;
        for (shard_idx, head) in (first..).zip(shards) {
            let (bytes, behind) = rest.split_at(head.n_bytes());
            rest = behind;
            let shard = Shard::from_parts(*head, bytes);
            let mut gradients = self.sum.buffer(weights.len());
            let result = self.model.shard_gradient(&mut self.workspace, &shard, &mut gradients);
            self.sum.add(GradientBlock { shards: shard_idx..shard_idx + 1, result, gradients });
        }
        let blocks = self.sum.blocks();
        HelperReport::Done {
            job,
            blocks: blocks.iter().map(|block| (block.shards.clone(), block.result)).collect(),
            gradients: blocks.iter().map(|block| block.gradients.as_slice()).collect::<Vec<_>>().concat(),
        }
    }
}
