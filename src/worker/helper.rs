//! A gradient helper: is sent weights and shards, sends back the shards' gradients. It holds no data set.

use super::channel::{listen, post};
use super::helper_protocol::{HelperRequest, HelperResponse};
use inkling_engine::data::{Shard, ShardHeader};
use inkling_engine::experiment::Experiment;
use inkling_engine::model::{Model, Workspace};

/// Serves its training worker from now on.
pub fn run() {
    let mut networks: Vec<Network> = Vec::new();
    listen(move |request| match request {
        HelperRequest::Setup { setup, experiment } => {
            // Without a network the job itself is answered with a failure.
            networks.extend(Network::new(setup, &experiment));
        }
        HelperRequest::Forget { setup } => networks.retain(|network| network.setup != setup),
        HelperRequest::ComputeGradients { setup, job, shards, weights, samples } => {
            let network = networks.iter_mut().find(|network| network.setup == setup);
            let response = network.and_then(|network| network.compute(job, &shards, &weights, &samples));
            post(response.unwrap_or(HelperResponse::Failed { job }));
        }
    });
    post(HelperResponse::Ready);
}

struct Network {
    setup: u32,
    model: Model,
    workspace: Workspace,
}

impl Network {
    fn new(setup: u32, experiment: &Experiment) -> Option<Network> {
        let model = Model::new(&experiment.check().ok()?);
        Some(Network { setup, workspace: Workspace::new(&model), model })
    }

    /// The gradients of some shards; `None` if the request does not fit this network.
    fn compute(&mut self, job: u32, shards: &[ShardHeader], weights: &[f32], samples: &[u8]) -> Option<HelperResponse> {
        if weights.len() != self.model.n_params() {
            return None;
        }
        self.model.set_weights(weights);
        let mut gradients = vec![0.0; weights.len() * shards.len()];
        let mut results = Vec::with_capacity(shards.len());
        let mut rest = samples;
        for (header, gradient) in shards.iter().zip(gradients.chunks_exact_mut(weights.len())) {
            let (bytes, others) = rest.split_at_checked(header.n_bytes())?;
            rest = others;
            let shard = Shard::from_parts(*header, bytes);
            results.push(self.model.shard_gradient(&mut self.workspace, &shard, gradient));
        }
        Some(HelperResponse::Done { job, results, gradients })
    }
}
