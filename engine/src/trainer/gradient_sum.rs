//! The gradients of a batch's shards, added up in an order that depends on nothing but their number.
//!
//! The sum is a binary tree: neighbours first, then neighbouring pairs, and so on. Whoever computes a run of shards
//! can add up what the tree adds up within that run and send the few blocks that remain: one for an aligned half of
//! the batch. Blocks come in any order; the same bits come out.

use crate::kernels::vector;
use crate::losses::ShardResult;
use std::ops::Range;

/// The summed gradients of some neighbouring shards: a node of the tree.
#[derive(Debug, Clone, PartialEq)]
pub struct GradientBlock {
    /// Which shards: `2^k` of them, from a multiple of `2^k` on.
    pub shards: Range<usize>,
    /// Loss and hits of their samples.
    pub result: ShardResult,
    /// Sum of their gradients, one number a weight.
    pub gradients: Vec<f32>,
}

/// A sum under way. Its memory stays from one batch to the next.
#[derive(Debug, Default)]
pub struct GradientSum {
    /// Ascending; no two of them are the halves of a larger one.
    blocks: Vec<GradientBlock>,
    spare: Vec<Vec<f32>>,
}

impl GradientSum {
    /// Nothing added yet.
    #[must_use]
    pub fn new() -> GradientSum {
        GradientSum::default()
    }

    /// Forgets what was added.
    pub fn clear(&mut self) {
        self.spare.extend(self.blocks.drain(..).map(|block| block.gradients));
    }

    /// Room for the gradients of a block, with any numbers in it.
    pub fn buffer(&mut self, n_params: usize) -> Vec<f32> {
        let mut buffer = self.spare.pop().unwrap_or_default();
        buffer.resize(n_params, 0.0);
        buffer
    }

    /// Takes memory back that [`finish`](GradientSum::finish) gave away.
    pub fn recycle(&mut self, buffer: Vec<f32>) {
        self.spare.push(buffer);
    }

    /// Adds a block, and joins halves that are both there.
    ///
    /// # Panics
    /// If it is no node of the tree, or one of its shards is there already.
    pub fn add(&mut self, block: GradientBlock) {
        let Range { start, end } = block.shards;
        let len = end - start;
        assert!(len.is_power_of_two() && start.is_multiple_of(len), "shards {start}..{end} are no node of the tree");
        let mut place = self.blocks.partition_point(|other| other.shards.start < start);
        let before = place.checked_sub(1).map_or(0, |before| self.blocks[before].shards.end);
        let behind = self.blocks.get(place).map_or(end, |behind| behind.shards.start);
        assert!(before <= start && end <= behind, "some of the shards {start}..{end} are there already");
        self.blocks.insert(place, block);
        while let Some(left) = self.left_half(place) {
            place = left;
            self.join(left);
        }
    }

    /// Whether a shard is part of the sum.
    #[must_use]
    pub fn has(&self, shard_idx: usize) -> bool {
        self.blocks.iter().any(|block| block.shards.contains(&shard_idx))
    }

    /// What cannot be added up before more is there, in order.
    #[must_use]
    pub fn blocks(&self) -> &[GradientBlock] {
        &self.blocks
    }

    /// The sum of all blocks, from the last to the first; nothing is left.
    pub fn finish(&mut self) -> Option<GradientBlock> {
        while self.blocks.len() > 1 {
            self.join(self.blocks.len() - 2);
        }
        self.blocks.pop()
    }

    /// The place of the left one, if the block at `place` and a neighbour are the halves of a larger one.
    fn left_half(&self, place: usize) -> Option<usize> {
        let Range { start, end } = self.blocks[place].shards;
        let len = end - start;
        let (left, right) =
            if (start / len).is_multiple_of(2) { (place, place + 1) } else { (place.wrapping_sub(1), place) };
        let (left_block, right_block) = (self.blocks.get(left)?, self.blocks.get(right)?);
        let is_pair = left_block.shards.len() == len
            && right_block.shards.len() == len
            && left_block.shards.end == right_block.shards.start;
        is_pair.then_some(left)
    }

    /// Adds the block behind the one at `left` to it.
    fn join(&mut self, left: usize) {
        let right = self.blocks.remove(left + 1);
        let left = &mut self.blocks[left];
        vector::add_assign(&mut left.gradients, &right.gradients);
        left.result = left.result.plus(right.result);
        left.shards.end = right.shards.end;
        self.spare.push(right.gradients);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shard(shard_idx: usize) -> GradientBlock {
        // Numbers of different sizes, so that the order of the sums shows in the last bits.
        let value = |i: usize| ((shard_idx * 37 + i * 11) as f32).sin() * 10_f32.powi((shard_idx % 5) as i32);
        let result = ShardResult { loss_sum: f64::from(value(9)), n_correct: 1, n_samples: 2 };
        GradientBlock { shards: shard_idx..shard_idx + 1, result, gradients: (0..3).map(value).collect() }
    }

    /// The tree, written down as what it is: split off the largest power of two that leaves something.
    fn expected(shards: Range<usize>) -> GradientBlock {
        if shards.len() == 1 {
            return shard(shards.start);
        }
        let middle = shards.start + shards.len().next_power_of_two() / 2;
        let (left, right) = (expected(shards.start..middle), expected(middle..shards.end));
        let gradients = left.gradients.iter().zip(&right.gradients).map(|(left, right)| left + right).collect();
        GradientBlock { shards, result: left.result.plus(right.result), gradients }
    }

    proptest! {
        #[test]
        fn sum_is_the_tree_whoever_adds_what_and_when(
            n_shards in 1..40_usize, n_workers in 1..6_usize, order in prop::collection::vec(any::<u32>(), 40),
        ) {
            let mut blocks = vec![];
            for worker_idx in 0..n_workers {
                let mut part = GradientSum::new();
                let shards = n_shards * worker_idx / n_workers..n_shards * (worker_idx + 1) / n_workers;
                shards.for_each(|shard_idx| part.add(shard(shard_idx)));
                blocks.extend_from_slice(part.blocks());
            }
            blocks.sort_by_key(|block| order[block.shards.start]);
            let mut sum = GradientSum::new();
            blocks.into_iter().for_each(|block| sum.add(block));
            prop_assert!((0..n_shards).all(|shard_idx| sum.has(shard_idx)) && !sum.has(n_shards));
            prop_assert_eq!(sum.finish(), Some(expected(0..n_shards)));
            prop_assert_eq!(sum.finish(), None);
        }
    }

    #[test]
    fn half_a_batch_is_one_block() {
        let mut half = GradientSum::new();
        (4..8).for_each(|shard_idx| half.add(shard(shard_idx)));
        assert_eq!(half.blocks().iter().map(|block| block.shards.clone()).collect::<Vec<_>>(), [4..8]);
    }

    #[test]
    #[should_panic(expected = "some of the shards 4..6 are there already")]
    fn no_shard_counts_twice() {
        let mut sum = GradientSum::new();
        sum.add(shard(5));
        sum.add(GradientBlock { shards: 4..6, ..shard(4) });
    }

    #[test]
    #[should_panic(expected = "shards 1..3 are no node of the tree")]
    fn blocks_are_aligned() {
        GradientSum::new().add(GradientBlock { shards: 1..3, ..shard(1) });
    }
}
