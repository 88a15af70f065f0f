//! Updates and validation that are shared with helpers.
//!
//! The shards of a batch are the same whatever the number of workers, and their gradients are added in the same pairs:
//! so who computes which shard changes nothing but the time. The training worker computes the first shards itself, the
//! helpers the others; a shard that does not come back in time is computed here.

use super::channel::post;
use super::clock::now_ms;
use super::helper_pool::{HelperNews, HelperPool, PoolNews};
use super::helper_protocol::{HelperRequest, Task};
use super::run::Run;
use super::runs::Runs;
use super::shared_work::{SharedKind, SharedWork, ValidationPart};
use super::worker_choice::WorkerChoice;
use crate::protocol::{Event, RunId};
use inkling_engine::data::{SHARD_SIZE, ShardHeader};
use inkling_engine::experiment::{CheckedExperiment, CheckedLayer};
use inkling_engine::trainer::Trainer;
use std::ops::Range;

/// Multiply-adds of one sample's forward pass from which on a run begins with all helpers, until the count of workers is
/// chosen by measured time.
const SHARING_MAY_PAY_FROM: usize = 300_000;
/// Most workers that are chosen without being asked for: each takes tens of megabytes, and the exchange of weights and
/// gradients grows with each.
const MAX_CHOSEN: usize = 8;
/// How long helpers have after this worker has computed its own shards, which are at least as many as each of theirs: so
/// many milliseconds, and so many times as long as this worker took. Their cores may be slower, or busy.
const PATIENCE_MS: f64 = 5_000.0;
const PATIENCE: f64 = 20.0;
/// Validation shards that each worker gets at once: the worker listens between.
const VALIDATION_SHARDS: usize = 4;

/// The helpers, the runs that they serve, and the work that they share.
pub struct DataParallel {
    pool: HelperPool,
    n_cores: usize,
    /// Workers that a device's memory bears.
    most: usize,
    /// Workers that the learner asked for; `None`: as many as make a run the fastest.
    wanted: Option<usize>,
    /// One per run.
    shares: Vec<Share>,
    next_setup: u32,
    job: u32,
    /// What waits for helpers.
    waiting: Option<SharedWork>,
    /// Until when.
    deadline_ms: f64,
    /// Whether the alarm is set; it may go off before the deadline of a later update.
    is_alarm_set: bool,
    /// The number of workers that the page has heard of.
    reported: usize,
}

#[derive(Debug, Clone)]
struct Share {
    run: RunId,
    choice: WorkerChoice,
    setup: u32,
    /// Whether its helpers were started: a network that is only looked at needs none.
    is_started: bool,
}

impl DataParallel {
    /// No helper yet; their news go to `on_news`, and from there to [`hear`](DataParallel::hear). Of the cores, as many
    /// are used as the device has memory for, in gigabytes; `None` where browsers don't say.
    pub fn new(n_cores: usize, memory_gb: Option<f64>, on_news: impl Fn(HelperNews) + 'static) -> DataParallel {
        let by_memory = memory_gb.map_or(MAX_CHOSEN, |memory_gb| memory_gb.max(1.0) as usize);
        DataParallel {
            pool: HelperPool::new(on_news),
            n_cores,
            most: n_cores.min(by_memory).clamp(1, MAX_CHOSEN),
            wanted: None,
            shares: Vec::new(),
            next_setup: 0,
            job: 0,
            waiting: None,
            deadline_ms: 0.0,
            is_alarm_set: false,
            reported: 0,
        }
    }

    /// Shares updates among that many workers from the next one on; `None`: as many as pay.
    pub fn want<'a>(&mut self, n_workers: Option<usize>, runs: impl Iterator<Item = &'a Run>) {
        self.wanted = n_workers;
        runs.for_each(|run| self.set_up(run.id, &run.checked));
    }

    /// Whether something waits for helpers.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Starts a run's helpers, where it is to have any and they are not there; whether its next update is shared.
    pub fn start(&mut self, run: &Run) -> bool {
        let share = self.shares.iter_mut().find(|share| share.run == run.id);
        let Some(share) = share.filter(|share| share.choice.next() > 1) else { return false };
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
        self.shares.iter().map(|share| share.choice.chosen()).max().unwrap_or(1)
    }

    /// Prepares to share a run's updates; its helpers start with its training.
    pub fn set_up(&mut self, run: RunId, checked: &CheckedExperiment) {
        let choice = match self.wanted {
            _ if !is_shareable(checked) => WorkerChoice::fixed(1),
            Some(n_workers) => WorkerChoice::fixed(n_workers.clamp(1, self.n_cores.max(1))),
            None => {
                let n_multiply_adds: usize = checked.layers().iter().map(CheckedLayer::n_multiply_adds).sum();
                let may_pay = n_multiply_adds >= SHARING_MAY_PAY_FROM;
                WorkerChoice::up_to(self.most, if may_pay { self.most } else { 1 })
            }
        };
        self.forget(run);
        self.next_setup += 1;
        self.shares.push(Share { run, choice, setup: self.next_setup, is_started: false });
        self.resize();
        self.report();
    }

    /// Forgets a run that is closed; what helpers still send of its update is dropped.
    pub fn close(&mut self, run: RunId) {
        if self.waiting.take_if(|waiting| waiting.run == run).is_some() {
            self.job += 1;
        }
        self.forget(run);
    }

    fn forget(&mut self, run: RunId) {
        if let Some(share) = self.share_of(run) {
            let setup = share.setup;
            self.pool.forget(setup);
            self.shares.retain(|share| share.run != run);
        }
    }

    fn share_of(&mut self, run: RunId) -> Option<&mut Share> {
        self.shares.iter_mut().find(|share| share.run == run)
    }

    /// As many helpers as the run in training with the most workers needs.
    fn resize(&mut self) {
        let started = self.shares.iter().filter(|share| share.is_started);
        let n_workers = started.map(|share| share.choice.next().max(share.choice.chosen())).max().unwrap_or(1);
        self.pool.resize(n_workers - 1);
    }

    fn report(&mut self) {
        self.reported = self.n_workers();
        post(Event::WorkersChanged { n_workers: self.reported, n_cores: self.n_cores });
    }

    /// Notes how long updates took that were computed by `n_workers`.
    pub fn record(&mut self, run: RunId, n_workers: usize, n_updates: usize, ms: f64) {
        let Some(share) = self.share_of(run) else { return };
        let before = (share.choice.next(), share.choice.chosen());
        share.choice.record(n_workers, n_updates, ms);
        if before != (share.choice.next(), share.choice.chosen()) {
            self.resize();
            if self.reported != self.n_workers() {
                self.report();
            }
        }
    }

    /// Helpers that can be given a share of a run's work.
    fn idle_helpers(&mut self, run: RunId) -> Option<(u32, Vec<u32>)> {
        let (setup, n_workers) = self.share_of(run).map(|share| (share.setup, share.choice.next()))?;
        let mut idle = self.pool.idle();
        idle.truncate(n_workers - 1);
        Some((setup, idle))
    }

    /// Begins a shared update: helpers are given their shards, then this worker computes its own. `true` if helpers
    /// have to be waited for; else the update is finished.
    pub fn begin_step(&mut self, run: &mut Run) -> bool {
        let id = run.id;
        let start_ms = now_ms();
        let Some((setup, idle)) = self.idle_helpers(id) else { return false };
        let Some(trainer) = run.trainer_mut() else { return false };
        let n_shards = trainer.begin_step();
        self.job += 1;
        let mut given = Vec::with_capacity(idle.len());
        let mut parts = split(0..n_shards, idle.len() + 1);
        parts.next();
        for (helper_id, shards) in idle.into_iter().zip(parts).filter(|(_, shards)| !shards.is_empty()) {
            let heads = trainer.shard_heads()[shards.clone()].to_vec();
            let task = Task::Gradients { first: shards.start };
            let samples = trainer.shard_bytes(shards.clone());
            if self.give(trainer, setup, helper_id, task, (shards.clone(), heads), samples) {
                given.push(shards);
            }
        }
        for shard_idx in 0..n_shards {
            if !given.iter().any(|shards| shards.contains(&shard_idx)) {
                trainer.compute_shard(shard_idx);
            }
        }
        let waiting = SharedWork { run: id, kind: SharedKind::Step, start_ms, n_workers: given.len() + 1 };
        if given.is_empty() {
            self.finish(run, waiting);
            return false;
        }
        self.wait(waiting);
        true
    }

    /// Begins a shared round of validation; `true` if helpers have to be waited for. `false` if nothing was begun.
    pub fn begin_validation(&mut self, run: &mut Run) -> bool {
        let id = run.id;
        let start_ms = now_ms();
        let Some((setup, idle)) = self.idle_helpers(id) else { return false };
        let Some(trainer) = run.trainer_mut() else { return false };
        let n_left = trainer.n_validation_left();
        let n_shards = n_left.div_ceil(SHARD_SIZE).min((idle.len() + 1) * VALIDATION_SHARDS);
        let mut ranges = split(0..n_shards, idle.len() + 1);
        let own = ranges.next().unwrap_or_default();
        self.job += 1;
        let mut parts = Vec::with_capacity(idle.len());
        for (helper_id, shards) in idle.into_iter().zip(ranges).filter(|(_, shards)| !shards.is_empty()) {
            let samples = shards.start * SHARD_SIZE..n_left.min(shards.end * SHARD_SIZE);
            let n_samples = samples.len();
            let (heads, bytes) = trainer.pack_validation(samples);
            if !self.give(trainer, setup, helper_id, Task::Evaluation, (shards.clone(), heads), &bytes) {
                break;
            }
            parts.push(ValidationPart::new(shards, n_samples));
        }
        if parts.is_empty() {
            return false;
        }
        trainer.validate_next(own.len() * SHARD_SIZE);
        let n_workers = parts.len() + 1;
        self.wait(SharedWork { run: id, kind: SharedKind::Validation(parts), start_ms, n_workers });
        true
    }

    fn wait(&mut self, waiting: SharedWork) {
        let now = now_ms();
        self.deadline_ms = now + PATIENCE_MS + PATIENCE * (now - waiting.start_ms);
        self.waiting = Some(waiting);
        self.set_alarm();
    }

    fn set_alarm(&mut self) {
        if !std::mem::replace(&mut self.is_alarm_set, true) {
            self.pool.set_alarm(self.deadline_ms - now_ms());
        }
    }

    /// Takes helpers that have not answered in time for dead; the run whose work is finished by that.
    fn take_time(&mut self, runs: &mut Runs) -> Option<RunId> {
        self.is_alarm_set = false;
        self.waiting.as_ref()?;
        if now_ms() < self.deadline_ms {
            self.set_alarm();
            return None;
        }
        web_sys::console::warn_1(&"a helper does not answer: its work is done without it".into());
        let late = self.pool.busy();
        late.into_iter().fold(None, |finished, id| finished.or(self.hear(runs, HelperNews::Died(id))))
    }

    fn give(
        &mut self,
        trainer: &Trainer,
        setup: u32,
        helper_id: u32,
        task: Task,
        (shards, heads): (Range<usize>, Vec<ShardHeader>),
        samples: &[u8],
    ) -> bool {
        let head = HelperRequest::Work { setup, job: self.job, task, shards: heads };
        let weights = (trainer.model().version(), trainer.model().weights());
        self.pool.give(helper_id, (self.job, shards), head, weights, samples)
    }

    /// Takes up the news of a helper; the run whose shared work is finished by that.
    pub fn hear(&mut self, runs: &mut Runs, news: HelperNews) -> Option<RunId> {
        if matches!(news, HelperNews::Alarm) {
            return self.take_time(runs);
        }
        let news = self.pool.hear(news, self.job);
        if let Some(PoolNews::Died { .. }) = news {
            self.report();
        }
        let mut waiting = self.waiting.take()?;
        let run = runs.get_mut(waiting.run)?;
        let trainer = run.trainer_mut()?;
        match news {
            Some(PoolNews::Done(finished)) => {
                let helper_id = finished.helper_id;
                if let Some(memory) = waiting.take(trainer, finished) {
                    self.pool.keep_memory(helper_id, memory);
                }
            }
            Some(PoolNews::Failed(shards) | PoolNews::Died { lost: Some(shards) }) => waiting.lose(trainer, &shards),
            Some(PoolNews::Died { lost: None } | PoolNews::Ready) | None => {}
        }
        if !waiting.is_complete(trainer) {
            self.waiting = Some(waiting);
            return None;
        }
        let id = run.id;
        self.finish(run, waiting);
        Some(id)
    }

    /// Ends an update or a round of validation whose parts are all there.
    fn finish(&mut self, run: &mut Run, waiting: SharedWork) {
        let Some(trainer) = run.trainer_mut() else { return };
        match waiting.kind {
            SharedKind::Step => {
                let report = trainer.finish_step();
                run.count(&report);
                self.record(run.id, waiting.n_workers, 1, now_ms() - waiting.start_ms);
            }
            SharedKind::Validation(parts) => {
                parts.into_iter().for_each(|part| part.finish(trainer));
                let record = if trainer.n_validation_left() == 0 { trainer.validate_chunk() } else { None };
                run.count_validation(waiting.start_ms, record);
            }
        }
    }
}

/// Cuts a range into `n_parts` of nearly the same length, the longer ones first.
fn split(range: Range<usize>, n_parts: usize) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    (0..n_parts).map(move |part_idx| {
        let end = start + (range.end - start).div_ceil(n_parts - part_idx);
        let part = start..end;
        start = end;
        part
    })
}

/// Whether shards can be computed apart: those of a network with BatchNormalization need one another at each such layer, on
/// the way forward and back.
fn is_shareable(checked: &CheckedExperiment) -> bool {
    checked.layers().iter().all(|layer| layer.n_normalized == 0)
}
