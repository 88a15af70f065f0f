//! An update whose shards are shared with helpers.
//!
//! The shards of a batch are the same whatever the number of workers, and their gradients are added in the order of
//! the shards: so who computes which shard changes nothing but the time. The training worker does the first run of
//! shards itself, the helpers the others; a shard that does not come back is done here.

use super::channel::post;
use super::helper_pool::{FinishedShards, HelperNews, HelperPool, PoolNews};
use super::helper_protocol::HelperOrder;
use super::session::Session;
use crate::protocol::Event;
use inkling_engine::experiment::{CheckedExperiment, LayerConfig};
use inkling_engine::trainer::Trainer;
use std::ops::Range;

/// Multiply-adds of one sample's forward pass from which on helpers pay: below, the exchange of weights and gradients
/// costs more than it saves.
const SHARING_PAYS_FROM: usize = 300_000;

/// Helpers, and the update that they work on.
pub struct GradientWork {
    pool: HelperPool,
    n_cores: usize,
    /// Workers that the learner asked for; `None`: chosen by the size of the network.
    wanted: Option<usize>,
    setup: u32,
    job: u32,
    is_waiting: bool,
}

impl GradientWork {
    /// No helper yet.
    pub fn new(n_cores: usize, on_news: impl Fn(HelperNews) + 'static) -> GradientWork {
        GradientWork { pool: HelperPool::new(on_news), n_cores, wanted: None, setup: 0, job: 0, is_waiting: false }
    }

    /// Shares the work among that many workers from the next update on; `None`: as many as pay.
    pub fn want(&mut self, n_workers: Option<usize>) {
        self.wanted = n_workers;
    }

    /// Whether an update waits for helpers.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.is_waiting
    }

    /// Whether there is a helper to share with.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.pool.len() > 0
    }

    /// Workers in use, this one included.
    #[must_use]
    pub fn n_workers(&self) -> usize {
        1 + self.pool.len()
    }

    /// Forgets the update under way; what helpers still send of it is dropped.
    pub fn abandon(&mut self) {
        self.job += 1;
        self.is_waiting = false;
    }

    /// Prepares the helpers for a network.
    pub fn set_up(&mut self, checked: &CheckedExperiment) {
        let n_workers = match self.wanted {
            Some(n_workers) => n_workers.clamp(1, self.n_cores.max(1)),
            None if n_multiply_adds(checked) >= SHARING_PAYS_FROM => self.n_cores.max(1),
            None => 1,
        };
        self.pool.resize(n_workers - 1);
        self.setup += 1;
        self.pool.set_up(self.setup, checked.experiment());
        self.report();
    }

    fn report(&self) {
        post(Event::WorkersChanged { n_workers: self.n_workers(), n_cores: self.n_cores });
    }

    /// Begins an update: helpers are given their shards, then this worker does its own. `true` if helpers are still
    /// to be waited for; else the update can be finished at once.
    fn begin(&mut self, trainer: &mut Trainer) -> bool {
        let n_shards = trainer.begin_step();
        self.job += 1;
        let idle = self.pool.idle();
        let n_workers = idle.len() + 1;
        let n_own = n_shards.div_ceil(n_workers);
        let mut start = n_own;
        let mut given = Vec::with_capacity(idle.len());
        for (helper_idx, helper_id) in idle.into_iter().enumerate() {
            let n_left = n_shards - start;
            let shards = start..start + n_left.div_ceil(n_workers - 1 - helper_idx);
            start = shards.end;
            if !shards.is_empty() && self.give(trainer, helper_id, shards.clone()) {
                given.push(shards);
            }
        }
        for shard_idx in 0..n_shards {
            if !given.iter().any(|shards| shards.contains(&shard_idx)) {
                trainer.compute_shard(shard_idx);
            }
        }
        self.is_waiting = !given.is_empty();
        self.is_waiting
    }

    fn give(&mut self, trainer: &Trainer, helper_id: u32, shards: Range<usize>) -> bool {
        let order = HelperOrder::Work {
            setup: self.setup,
            job: self.job,
            shards: trainer.shard_heads()[shards.clone()].to_vec(),
            weights: trainer.model().weights().to_vec(),
            samples: trainer.shard_bytes(shards.clone()).to_vec(),
        };
        self.pool.give(helper_id, self.job, shards, order)
    }
}

fn take(trainer: &mut Trainer, finished: &FinishedShards) {
    let n_weights = trainer.model().weights().len();
    let gradients = finished.gradients.chunks_exact(n_weights);
    for ((shard_idx, result), gradient) in finished.shards.clone().zip(&finished.results).zip(gradients) {
        trainer.take_shard(shard_idx, *result, gradient);
    }
}

impl Session {
    /// Begins a shared update; `true` if helpers have to be waited for.
    pub(super) fn share_step(&mut self) -> bool {
        let Some(run) = &mut self.run else { return false };
        let Some(trainer) = run.trainer_mut() else { return false };
        let is_waiting = self.work.begin(trainer);
        if !is_waiting {
            let report = trainer.finish_step();
            run.count(&report);
        }
        is_waiting
    }

    /// Takes up the news of a helper.
    pub fn hear_helper(&mut self, news: HelperNews) {
        let news = self.work.pool.hear(news, self.work.job);
        if let Some(PoolNews::Died { .. }) = news {
            self.work.report();
        }
        let Some(run) = self.run.as_mut().filter(|_| self.work.is_waiting) else { return };
        let Some(trainer) = run.trainer_mut() else { return };
        match news {
            Some(PoolNews::Done(finished)) => take(trainer, &finished),
            Some(PoolNews::Died { lost: Some(shards) }) => {
                shards.for_each(|shard_idx| trainer.compute_shard(shard_idx))
            }
            Some(PoolNews::Died { lost: None } | PoolNews::Ready) | None => {}
        }
        if trainer.missing_shards().next().is_none() {
            self.work.is_waiting = false;
            let report = trainer.finish_step();
            run.count(&report);
            self.edit_after_update();
            self.tell_slice();
            // At once: this is an event of its own, and the next one waits for helpers again. A turn of the ticker would
            // keep them idle.
            self.go_on();
        }
    }
}

/// Multiply-adds of one sample's way through the network, roughly: each kernel number counts once per place it is at.
fn n_multiply_adds(checked: &CheckedExperiment) -> usize {
    checked
        .layers()
        .iter()
        .map(|layer| match layer.config {
            LayerConfig::Conv2D(_) => {
                let [height, width, _] = layer.output_shape.dims();
                layer.n_kernel * height * width
            }
            _ => layer.n_kernel,
        })
        .sum()
}
