//! Sums of the gradients of a batch's shards in a fixed order, whoever computes them.
//!
//! Neighbours are added in pairs, then pairs of pairs, and so on: there is one such tree for a number of shards that is a
//! power of two. So whoever has computed a run of shards hands over few sums: a half of the batch is one.

use crate::kernels::{Aligned, vector};
use std::ops::Range;

/// The sums so far; keeps its memory from batch to batch.
#[derive(Debug, Default)]
pub struct GradientSums {
    n_params: usize,
    /// In order of the shards.
    sums: Vec<Sum>,
    spare: Vec<Aligned>,
}

#[derive(Debug)]
struct Sum {
    shards: Range<usize>,
    gradients: Aligned,
}

impl GradientSums {
    /// Forgets all sums; the next ones are of `n_params` numbers.
    pub fn begin(&mut self, n_params: usize) {
        self.n_params = n_params;
        self.spare.extend(self.sums.drain(..).map(|sum| sum.gradients));
    }

    /// Room for the gradients of a shard, to be handed to [`add`](GradientSums::add).
    pub fn buffer(&mut self) -> Aligned {
        let mut buffer = self.spare.pop().unwrap_or_default();
        buffer.set_len(self.n_params);
        buffer
    }

    /// Takes up the gradients of a shard, or a sum of this tree.
    ///
    /// # Panics
    /// If the shards are none of the tree's runs, some of them are there already, or the gradients have another length.
    pub fn add(&mut self, shards: Range<usize>, gradients: Aligned) {
        assert_eq!(gradients.len(), self.n_params, "gradients of shards");
        let is_run = shards.len().is_power_of_two() && shards.start.is_multiple_of(shards.len());
        assert!(is_run, "{shards:?} is no run of shards that are added");
        let place = self.sums.partition_point(|sum| sum.shards.start < shards.start);
        let is_free = |sum: &Sum| sum.shards.end <= shards.start || shards.end <= sum.shards.start;
        assert!(self.sums.iter().all(is_free), "shards {shards:?} are there already");
        self.sums.insert(place, Sum { shards, gradients });
        self.merge(place);
    }

    /// Adds neighbours of the same size from `place` on upwards.
    fn merge(&mut self, mut place: usize) {
        loop {
            let shards = &self.sums[place].shards;
            let is_left = (shards.start / shards.len()).is_multiple_of(2);
            let left = if is_left { place } else { place.wrapping_sub(1) };
            let (Some(first), Some(second)) = (self.sums.get(left), self.sums.get(left.wrapping_add(1))) else {
                return;
            };
            let are_pair = first.shards.len() == second.shards.len() && first.shards.end == second.shards.start;
            if !are_pair {
                return;
            }
            let Sum { shards, gradients } = self.sums.remove(left + 1);
            let sum = &mut self.sums[left];
            vector::add_assign(&mut sum.gradients, &gradients);
            sum.shards.end = shards.end;
            self.spare.push(gradients);
            place = left;
        }
    }

    /// The sums, in order of the shards.
    pub fn iter(&self) -> impl Iterator<Item = (Range<usize>, &[f32])> {
        self.sums.iter().map(|sum| (sum.shards.clone(), &*sum.gradients))
    }

    /// The only sum, taken out; `None` if there are several.
    pub(super) fn take_whole(&mut self) -> Option<Aligned> {
        if self.sums.len() == 1 { self.sums.pop().map(|sum| sum.gradients) } else { None }
    }

    /// Takes back room that is no longer needed.
    pub(super) fn recycle(&mut self, buffer: Aligned) {
        self.spare.push(buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::tests::numbers;
    use proptest::prelude::*;

    const N_PARAMS: usize = 5;

    fn shard(shard_idx: usize) -> Vec<f32> {
        numbers(N_PARAMS, shard_idx as u64 + 1, 0.0)
    }

    fn aligned(numbers: &[f32]) -> Aligned {
        let mut copy = Aligned::zeros(numbers.len());
        copy.copy_from_slice(numbers);
        copy
    }

    /// The definition: halves, and halves of halves.
    fn tree_sum(shards: Range<usize>) -> Vec<f32> {
        if shards.len() == 1 {
            return shard(shards.start);
        }
        let middle = shards.start + shards.len() / 2;
        let (mut left, right) = (tree_sum(shards.start..middle), tree_sum(middle..shards.end));
        vector::add_assign(&mut left, &right);
        left
    }

    proptest! {
        #[test]
        fn whoever_computes_what_in_any_order_the_sum_is_the_same(
            power in 0..5_u32,
            workers in prop::collection::vec(0..4_usize, 16),
            order in Just((0..16_usize).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let n_shards = 2_usize.pow(power);
            let mut of_workers: [GradientSums; 4] = Default::default();
            of_workers.iter_mut().for_each(|sums| sums.begin(N_PARAMS));
            for shard_idx in order.into_iter().filter(|shard_idx| *shard_idx < n_shards) {
                of_workers[workers[shard_idx]].add(shard_idx..shard_idx + 1, aligned(&shard(shard_idx)));
            }
            let mut all = GradientSums::default();
            for _ in 0..2 {
                all.begin(N_PARAMS);
                for (shards, gradients) in of_workers.iter().rev().flat_map(GradientSums::iter) {
                    let mut buffer = all.buffer();
                    buffer.copy_from_slice(gradients);
                    all.add(shards, buffer);
                }
                let whole = all.take_whole().map(|whole| whole.to_vec());
                prop_assert_eq!(whole, Some(tree_sum(0..n_shards)));
            }
        }
    }
}
