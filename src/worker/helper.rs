//! A helper: is sent weights and shards, sends back gradients or logits. It holds no data set.

use super::channel::{listen_parcels, post_parcel};
use super::helper_protocol::{HelperRequest, HelperResponse, Task};
use crate::protocol::codec::Parcel;
use inkling_engine::data::{Shard, ShardHeader};
use inkling_engine::experiment::Experiment;
use inkling_engine::model::{Model, Workspace};
use inkling_engine::trainer::GradientSums;
use js_sys::Float32Array;

/// Serves its training worker from now on.
pub fn run() {
    let mut networks: Vec<Network> = Vec::new();
    listen_parcels(move |Parcel { head, numbers, bytes }| match head {
        HelperRequest::Setup { setup, experiment } => {
            // Without a network the job itself is answered with a failure.
            networks.extend(Network::new(setup, &experiment));
        }
        HelperRequest::Forget { setup } => networks.retain(|network| network.setup != setup),
        HelperRequest::Work { setup, job, task, shards } => {
            let samples = bytes.map_or_else(Vec::new, |bytes| bytes.to_vec());
            let network = networks.iter_mut().find(|network| network.setup == setup);
            let response = network.and_then(|network| network.work(job, task, &shards, numbers, &samples));
            post_parcel(&response.unwrap_or_else(|| HelperResponse::Failed { job }.into()));
        }
    });
    post_parcel(&HelperResponse::Ready.into());
}

struct Network {
    setup: u32,
    model: Model,
    workspace: Workspace,
    sums: GradientSums,
    logits: Vec<f32>,
}

impl Network {
    fn new(setup: u32, experiment: &Experiment) -> Option<Network> {
        let model = Model::new(&experiment.check().ok()?);
        let workspace = Workspace::new(&model);
        Some(Network { setup, model, workspace, sums: GradientSums::default(), logits: Vec::new() })
    }

    /// What is asked of some shards; `None` if the request does not fit this network.
    fn work(
        &mut self,
        job: u32,
        task: Task,
        shards: &[ShardHeader],
        weights: Option<Float32Array>,
        mut samples: &[u8],
    ) -> Option<Parcel<HelperResponse>> {
        if let Some(weights) = &weights {
            if weights.length() as usize != self.model.n_params() {
                return None;
            }
            weights.copy_to(self.model.weights_mut());
        }
        self.sums.begin(self.model.n_params());
        self.logits.clear();
        let mut results = Vec::with_capacity(shards.len());
        for (shard_idx, header) in shards.iter().enumerate() {
            let (bytes, others) = samples.split_at_checked(header.n_bytes())?;
            samples = others;
            let shard = Shard::from_parts(*header, bytes);
            results.push(match task {
                Task::Gradients { first } => {
                    let mut gradients = self.sums.buffer();
                    let result = self.model.shard_gradient(&mut self.workspace, &shard, &mut gradients);
                    self.sums.add(first + shard_idx..first + shard_idx + 1, gradients);
                    result
                }
                Task::Evaluation => self.model.evaluate_shard(&mut self.workspace, &shard, &mut self.logits),
            });
        }
        let sums: Vec<_> = self.sums.iter().map(|(shards, _)| shards).collect();
        let numbers = match task {
            Task::Gradients { .. } => self.pack_sums(weights),
            Task::Evaluation => Float32Array::from(self.logits.as_slice()),
        };
        Some(Parcel { head: HelperResponse::Done { job, results, sums }, numbers: Some(numbers), bytes: None })
    }

    /// The sums one after the other, in the memory in which the weights came if there is one sum: memory that goes to
    /// and fro need not be made anew each time.
    fn pack_sums(&self, memory: Option<Float32Array>) -> Float32Array {
        let (n_sums, n_params) = (self.sums.iter().count(), self.model.n_params());
        let memory = memory.filter(|memory| memory.length() as usize == n_sums * n_params);
        let packed = memory.unwrap_or_else(|| Float32Array::new_with_length((n_sums * n_params) as u32));
        for ((_, gradients), start) in self.sums.iter().zip((0..).step_by(n_params.max(1))) {
            packed.subarray(start as u32, (start + n_params) as u32).copy_from(gradients);
        }
        packed
    }
}
