//! Work that helpers share in: an update or a round of validation, from the moment when they have their parts until all of
//! these are back or lost.

use super::helper_pool::FinishedShards;
use crate::protocol::RunId;
use inkling_engine::losses::ShardResult;
use inkling_engine::trainer::Trainer;
use js_sys::Float32Array;
use std::ops::Range;

/// Shared work under way.
#[derive(Debug)]
pub struct SharedWork {
    /// Whose it is.
    pub run: RunId,
    /// What it is.
    pub kind: SharedKind,
    /// When it began.
    pub start_ms: f64,
    /// Workers that have a part of it.
    pub n_workers: usize,
}

/// What is shared.
#[derive(Debug)]
pub enum SharedKind {
    /// An update; its trainer knows which shards are missing.
    Step,
    /// The helpers' parts of a round of validation, in order.
    Validation(Vec<ValidationPart>),
}

/// Validation shards that a helper was given.
#[derive(Debug)]
pub struct ValidationPart {
    shards: Range<usize>,
    n_samples: usize,
    /// `None` while the helper is at work.
    end: Option<PartEnd>,
}

#[derive(Debug)]
enum PartEnd {
    Done(Vec<ShardResult>, Vec<f32>),
    /// The helper is dead, or could not do it.
    Lost,
}

impl ValidationPart {
    /// Shards, and how many samples they have, that a helper is at work on.
    pub fn new(shards: Range<usize>, n_samples: usize) -> ValidationPart {
        ValidationPart { shards, n_samples, end: None }
    }

    /// Hands over what came back, or computes here what did not. To be called in the order of the parts.
    pub fn finish(self, trainer: &mut Trainer) {
        match self.end {
            Some(PartEnd::Done(results, logits)) => trainer.take_validation(&results, &logits),
            Some(PartEnd::Lost) | None => trainer.validate_next(self.n_samples),
        }
    }
}

impl SharedWork {
    /// Takes what a helper has made; its memory, if that can be used again.
    pub fn take(&mut self, trainer: &mut Trainer, finished: FinishedShards) -> Option<Float32Array> {
        let FinishedShards { shards, results, sums, numbers, .. } = finished;
        match &mut self.kind {
            SharedKind::Step => {
                let n_weights = trainer.model().n_params();
                let are_within =
                    sums.iter().all(|sum| shards.start <= sum.start && sum.start <= sum.end && sum.end <= shards.end);
                let is_whole = results.len() == shards.len() && numbers.length() as usize == sums.len() * n_weights;
                if !are_within || !is_whole {
                    self.lose(trainer, &shards);
                    return None;
                }
                for (sum_idx, sum) in sums.iter().enumerate() {
                    let results = &results[sum.start - shards.start..sum.end - shards.start];
                    let range = (sum_idx * n_weights) as u32..((sum_idx + 1) * n_weights) as u32;
                    let gradients = numbers.subarray(range.start, range.end);
                    trainer.take_sum(sum.clone(), results, |target| gradients.copy_to(target));
                }
                Some(numbers)
            }
            SharedKind::Validation(parts) => {
                let part = parts.iter_mut().find(|part| part.shards == shards)?;
                let is_whole = numbers.length() as usize == part.n_samples * trainer.model().n_outputs();
                let done = || PartEnd::Done(results, numbers.to_vec());
                part.end = Some(if is_whole { done() } else { PartEnd::Lost });
                None
            }
        }
    }

    /// Notes shards that no helper computes any more.
    pub fn lose(&mut self, trainer: &mut Trainer, shards: &Range<usize>) {
        match &mut self.kind {
            SharedKind::Step => shards.clone().for_each(|shard_idx| trainer.compute_shard(shard_idx)),
            SharedKind::Validation(parts) => {
                let lost = parts.iter_mut().filter(|part| part.shards == *shards);
                lost.for_each(|part| part.end = Some(PartEnd::Lost));
            }
        }
    }

    /// Whether all parts are back or lost.
    #[must_use]
    pub fn is_complete(&self, trainer: &Trainer) -> bool {
        match &self.kind {
            SharedKind::Step => trainer.missing_shards().next().is_none(),
            SharedKind::Validation(parts) => parts.iter().all(|part| part.end.is_some()),
        }
    }
}
