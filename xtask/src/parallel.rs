//! Training steps on all cores of this machine, with the same result as on one.

use inkling_engine::losses::ShardResult;
use inkling_engine::model::Workspace;
use inkling_engine::trainer::{StepReport, Trainer};
use std::thread;

/// One workspace a core.
pub struct Team {
    members: Vec<Member>,
}

struct Member {
    workspace: Workspace,
    /// What the member has computed of the present step.
    done: Vec<(usize, ShardResult, Vec<f32>)>,
}

impl Team {
    /// As many members as there are cores.
    #[must_use]
    pub fn new(trainer: &Trainer) -> Team {
        let n_cores = thread::available_parallelism().map_or(1, usize::from);
        let member = |_| Member { workspace: Workspace::new(trainer.model()), done: vec![] };
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
        for member in &mut self.members {
            for (shard_idx, result, gradients) in member.done.drain(..) {
                trainer.take_shard(shard_idx, result, &gradients);
            }
        }
        trainer.finish_step()
    }
}

impl Member {
    fn compute(&mut self, trainer: &Trainer, shards: std::ops::Range<usize>) {
        let model = trainer.model();
        for shard_idx in shards {
            let mut gradients = vec![0.0; model.n_params()];
            let result = model.shard_gradient(&mut self.workspace, &trainer.shard(shard_idx), &mut gradients);
            self.done.push((shard_idx, result, gradients));
        }
    }
}
