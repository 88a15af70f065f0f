//! Training steps on all cores of this machine, with the same result as on one.

use inkling_engine::losses::ShardResult;
use inkling_engine::model::Workspace;
use inkling_engine::trainer::{GradientSums, StepReport, Trainer};
use std::thread;

/// One workspace a core.
pub struct Team {
    members: Vec<Member>,
}

struct Member {
    workspace: Workspace,
    /// What the shards that the member has computed gave, in order, and the sums of their gradients.
    results: Vec<ShardResult>,
    sums: GradientSums,
    /// The first of these shards.
    start: usize,
}

impl Team {
    /// As many members as there are cores.
    #[must_use]
    pub fn new(trainer: &Trainer) -> Team {
        let n_cores = thread::available_parallelism().map_or(1, usize::from);
        let member = |_| Member {
            workspace: Workspace::new(trainer.model()),
            results: vec![],
            sums: GradientSums::default(),
            start: 0,
        };
        Team { members: (0..n_cores).map(member).collect() }
    }

    /// One update; every member computes its share of the shards.
    pub fn step(&mut self, trainer: &mut Trainer) -> StepReport {
        let (n_shards, n_members) = (trainer.begin_step(), self.members.len());
        thread::scope(|scope| {
            let trainer = &*trainer;
            for (member_idx, member) in self.members.iter_mut().enumerate() {
                let shards = n_shards * member_idx / n_members..n_shards * (member_idx + 1) / n_members;
                scope.spawn(move || member.compute(trainer, shards));
            }
        });
        for member in &self.members {
            for (shards, gradients) in member.sums.iter() {
                let results = &member.results[shards.start - member.start..shards.end - member.start];
                trainer.take_sum(shards, results, |sum| sum.copy_from_slice(gradients));
            }
        }
        trainer.finish_step()
    }
}

impl Member {
    fn compute(&mut self, trainer: &Trainer, shards: std::ops::Range<usize>) {
        let model = trainer.model();
        self.start = shards.start;
        self.results.clear();
        self.sums.begin(model.n_params());
        for shard_idx in shards {
            let mut gradients = self.sums.buffer();
            let shard = trainer.shard(shard_idx);
            self.results.push(model.shard_gradient(&mut self.workspace, &shard, &mut gradients));
            self.sums.add(shard_idx..shard_idx + 1, gradients);
        }
    }
}
