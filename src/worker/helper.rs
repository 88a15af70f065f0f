//! A gradient helper: is sent weights and shards, sends back the shards' gradients. It holds no data set.

use super::channel::{listen, post};
use super::helper_protocol::{HelperOrder, HelperReport};
use inkling_engine::data::{Shard, ShardHeader};
use inkling_engine::model::{Model, Workspace};

/// Serves its training worker from now on.
pub fn run() {
    let mut network: Option<Network> = None;
    listen(move |order| match order {
        HelperOrder::Setup { setup, experiment } => {
            network = experiment.check().ok().map(|checked| {
                let model = Model::new(&checked);
                Network { setup, workspace: Workspace::new(&model), model }
            });
        }
        HelperOrder::Work { setup, job, shards, weights, samples } => {
            if let Some(network) = network.as_mut().filter(|network| network.setup == setup) {
                post(network.work(job, &shards, &weights, &samples));
            }
        }
    });
    post(HelperReport::Ready);
}

struct Network {
    setup: u32,
    model: Model,
    workspace: Workspace,
}

impl Network {
    fn work(&mut self, job: u32, shards: &[ShardHeader], weights: &[f32], samples: &[u8]) -> HelperReport {
        self.model.set_weights(weights);
        let mut gradients = vec![0.0; weights.len() * shards.len()];
        let mut results = Vec::with_capacity(shards.len());
        let mut rest = samples;
        for (head, gradient) in shards.iter().zip(gradients.chunks_exact_mut(weights.len())) {
            let (bytes, behind) = rest.split_at(head.n_bytes());
            rest = behind;
            let shard = Shard::from_parts(*head, bytes);
            results.push(self.model.shard_gradient(&mut self.workspace, &shard, gradient));
        }
        HelperReport::Done { job, results, gradients }
    }
}
