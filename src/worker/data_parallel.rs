//! Updates whose shards are shared with helpers.
//!
//! The shards of a batch are the same whatever the number of workers, and their gradients are added in the order of
//! the shards: so who computes which shard changes nothing but the time. The training worker computes the first
//! shards itself, the helpers the others; a shard that does not come back in time is computed here.

use super::channel::post;
use super::clock::now_ms;
use super::helper_pool::{FinishedShards, HelperNews, HelperPool, PoolNews};
use super::helper_protocol::HelperRequest;
use super::run::Run;
use super::runs::Runs;
use crate::protocol::{Event, RunId};
use inkling_engine::experiment::CheckedExperiment;
use inkling_engine::trainer::Trainer;
use std::ops::Range;

/// Multiply-adds of one sample's forward pass from which on helpers pay: below, the exchange of weights and gradients
/// costs more than it saves.
const SHARING_PAYS_FROM: usize = 300_000;
/// Most workers that are chosen without being asked for: phones report many cores, and each worker takes tens of
/// megabytes.
const MAX_CHOSEN: usize = 8;
/// How long helpers have after this worker has computed its own shards, which are at least as many as each of theirs: so
/// many milliseconds, and so many times as long as this worker took. Their cores may be slower, or busy.
const PATIENCE_MS: f64 = 5_000.0;
const PATIENCE: f64 = 20.0;

/// The helpers, the runs that they serve, and the update that they work on.
pub struct DataParallel {
    pool: HelperPool,
    n_cores: usize,
    /// Workers that the learner asked for; `None`: chosen by the size of each network.
    wanted: Option<usize>,
    /// One per run.
    shares: Vec<Share>,
    next_setup: u32,
    job: u32,
    /// The run whose update waits for helpers.
    waiting: Option<RunId>,
    /// Until when.
    deadline_ms: f64,
    /// Whether the alarm is set; it may go off before the deadline of a later update.
    is_alarm_set: bool,
}

#[derive(Debug, Clone, Copy)]
struct Share {
    run: RunId,
    n_workers: usize,
    setup: u32,
    /// Whether its helpers were started: a network that is only looked at needs none.
    is_started: bool,
}

impl DataParallel {
    /// No helper yet; their news go to `on_news`, and from there to [`hear`](DataParallel::hear).
    pub fn new(n_cores: usize, on_news: impl Fn(HelperNews) + 'static) -> DataParallel {
        DataParallel {
            pool: HelperPool::new(on_news),
            n_cores,
            wanted: None,
            shares: Vec::new(),
            next_setup: 0,
            job: 0,
            waiting: None,
            deadline_ms: 0.0,
            is_alarm_set: false,
        }
    }

    /// Shares updates among that many workers from the next one on; `None`: as many as pay.
    pub fn want<'a>(&mut self, n_workers: Option<usize>, runs: impl Iterator<Item = &'a Run>) {
        self.wanted = n_workers;
        runs.for_each(|run| self.set_up(run.id, &run.checked));
    }

    /// Whether an update waits for helpers.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Starts a run's helpers, unless they are; whether its updates are shared.
    pub fn start(&mut self, run: &Run) -> bool {
        let share = self.shares.iter_mut().find(|share| share.run == run.id && share.n_workers > 1);
        let Some(share) = share else { return false };
        if !std::mem::replace(&mut share.is_started, true) {
            let setup = share.setup;
            self.resize();
            self.pool.set_up(setup, run.checked.experiment());
        }
        self.pool.len() > 0
    }

    /// Workers that share updates, this one included; helpers among them may not be started yet.
    #[must_use]
    pub fn n_workers(&self) -> usize {
        self.shares.iter().map(|share| share.n_workers).max().unwrap_or(1)
    }

    /// Chooses how many workers share a run's updates; their helpers start with its training.
    pub fn set_up(&mut self, run: RunId, checked: &CheckedExperiment) {
        let n_workers = match self.wanted {
            _ if !is_shareable(checked) => 1,
            Some(n_workers) => n_workers.clamp(1, self.n_cores.max(1)),
            None if n_multiply_adds(checked) >= SHARING_PAYS_FROM => self.n_cores.clamp(1, MAX_CHOSEN),
            None => 1,
        };
        self.forget(run);
        self.next_setup += 1;
        self.shares.push(Share { run, n_workers, setup: self.next_setup, is_started: false });
        self.resize();
        self.report();
    }

    /// Forgets a run that is closed; what helpers still send of its update is dropped.
    pub fn close(&mut self, run: RunId) {
        if self.waiting.take_if(|waiting| *waiting == run).is_some() {
            self.job += 1;
        }
        self.forget(run);
    }

    fn forget(&mut self, run: RunId) {
        if let Some(share) = self.share_of(run) {
            self.pool.forget(share.setup);
            self.shares.retain(|share| share.run != run);
        }
    }

    fn share_of(&self, run: RunId) -> Option<Share> {
        self.shares.iter().find(|share| share.run == run).copied()
    }

    /// As many helpers as the run in training with the most workers needs.
    fn resize(&mut self) {
        let started = self.shares.iter().filter(|share| share.is_started);
        let n_workers = started.map(|share| share.n_workers).max().unwrap_or(1);
        self.pool.resize(n_workers - 1);
    }

    fn report(&self) {
        post(Event::WorkersChanged { n_workers: self.n_workers(), n_cores: self.n_cores });
    }

    /// Begins a shared update: helpers are given their shards, then this worker computes its own. `true` if helpers
    /// have to be waited for; else the update is finished.
    pub fn begin_step(&mut self, run: &mut Run) -> bool {
        let id = run.id;
        let (Some(share), Some(trainer)) = (self.share_of(id), run.trainer_mut()) else { return false };
        let n_shards = trainer.begin_step();
        self.job += 1;
        let mut idle = self.pool.idle();
        idle.truncate(share.n_workers - 1);
        let n_workers = idle.len() + 1;
        let n_own = n_shards.div_ceil(n_workers);
        let mut start = n_own;
        let mut given = Vec::with_capacity(idle.len());
        for (helper_idx, helper_id) in idle.into_iter().enumerate() {
            let n_left = n_shards - start;
            let shards = start..start + n_left.div_ceil(n_workers - 1 - helper_idx);
            start = shards.end;
            if !shards.is_empty() && self.give(trainer, share.setup, helper_id, shards.clone()) {
                given.push(shards);
            }
        }
        let start_ms = now_ms();
        for shard_idx in 0..n_shards {
            if !given.iter().any(|shards| shards.contains(&shard_idx)) {
                trainer.compute_shard(shard_idx);
            }
        }
        if given.is_empty() {
            let report = trainer.finish_step();
            run.count(&report);
            return false;
        }
        self.waiting = Some(id);
        let now = now_ms();
        self.deadline_ms = now + PATIENCE_MS + PATIENCE * (now - start_ms);
        self.set_alarm();
        true
    }

    fn set_alarm(&mut self) {
        if !std::mem::replace(&mut self.is_alarm_set, true) {
            self.pool.set_alarm(self.deadline_ms - now_ms());
        }
    }

    /// Takes helpers that have not answered in time for dead; the run whose update is finished by that.
    fn take_time(&mut self, runs: &mut Runs) -> Option<RunId> {
        self.is_alarm_set = false;
        self.waiting?;
        if now_ms() < self.deadline_ms {
            self.set_alarm();
            return None;
        }
        web_sys::console::warn_1(&"a helper does not answer: its work is done without it".into());
        let late = self.pool.busy();
        late.into_iter().fold(None, |finished, id| finished.or(self.hear(runs, HelperNews::Died(id))))
    }

    fn give(&mut self, trainer: &Trainer, setup: u32, helper_id: u32, shards: Range<usize>) -> bool {
        let request = HelperRequest::ComputeGradients {
            setup,
            job: self.job,
            shards: trainer.shard_heads()[shards.clone()].to_vec(),
            weights: trainer.model().weights().to_vec(),
            samples: trainer.shard_bytes(shards.clone()).to_vec(),
        };
        self.pool.give(helper_id, self.job, shards, request)
    }

    /// Takes up the news of a helper; the run whose update is finished by that.
    pub fn hear(&mut self, runs: &mut Runs, news: HelperNews) -> Option<RunId> {
        if matches!(news, HelperNews::Alarm) {
            return self.take_time(runs);
        }
        let news = self.pool.hear(news, self.job);
        if let Some(PoolNews::Died { .. }) = news {
            self.report();
        }
        let id = self.waiting?;
        let run = runs.get_mut(id)?;
        let trainer = run.trainer_mut()?;
        match news {
            Some(PoolNews::Done(finished)) => take(trainer, &finished),
            Some(PoolNews::Failed(shards) | PoolNews::Died { lost: Some(shards) }) => {
                shards.for_each(|shard_idx| trainer.compute_shard(shard_idx));
            }
            Some(PoolNews::Died { lost: None } | PoolNews::Ready) | None => {}
        }
        if trainer.missing_shards().next().is_some() {
            return None;
        }
        self.waiting = None;
        let report = trainer.finish_step();
        run.count(&report);
        Some(id)
    }
}

fn take(trainer: &mut Trainer, finished: &FinishedShards) {
    let n_weights = trainer.model().weights().len();
    let gradients = finished.gradients.chunks_exact(n_weights);
    for ((shard_idx, result), gradient) in finished.shards.clone().zip(&finished.results).zip(gradients) {
        trainer.take_shard(shard_idx, *result, gradient);
    }
}

/// Whether shards can be computed apart: those of a network with BatchNormalization need one another at each such layer, on
/// the way forward and back.
fn is_shareable(checked: &CheckedExperiment) -> bool {
    checked.layers().iter().all(|layer| layer.n_normalized == 0)
}

/// Multiply-adds of one sample's way through the network, roughly: each kernel number counts once per place it is at.
fn n_multiply_adds(checked: &CheckedExperiment) -> usize {
    checked
        .layers()
        .iter()
        .map(|layer| {
            let [height, width, _] = layer.output_shape.dims();
            layer.n_kernel * height * width
        })
        .sum()
}
