//! Fewer points for a run's later batches, so that a long run's curves never end and never grow beyond measure.

use crate::protocol::{BatchPoint, batches_per_point};

/// Batches that are not a point yet.
#[derive(Debug, Default)]
pub struct Thinning {
    n: usize,
    loss_sum: f64,
    accuracy_sum: f64,
}

impl Thinning {
    /// Takes up a batch; the mean of it and those before it once they are as many as one point stands for.
    pub fn push(&mut self, batch: BatchPoint) -> Option<BatchPoint> {
        self.n += 1;
        self.loss_sum += batch.loss;
        self.accuracy_sum += batch.accuracy;
        if self.n < batches_per_point(batch.n_steps) {
            return None;
        }
        let n = self.n as f64;
        let point = BatchPoint { n_steps: batch.n_steps, loss: self.loss_sum / n, accuracy: self.accuracy_sum / n };
        *self = Thinning::default();
        Some(point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::MAX_BATCH_POINTS;

    #[test]
    fn later_batches_share_points_and_none_is_left_out() {
        let mut thinning = Thinning::default();
        let batch = |n_steps| BatchPoint { n_steps, loss: n_steps as f64, accuracy: 0.5 };
        let points: Vec<_> = (1..=4 * MAX_BATCH_POINTS).filter_map(|n_steps| thinning.push(batch(n_steps))).collect();
        assert_eq!(points[MAX_BATCH_POINTS - 1].n_steps, MAX_BATCH_POINTS);
        assert_eq!(points.len(), MAX_BATCH_POINTS + MAX_BATCH_POINTS / 2 + MAX_BATCH_POINTS / 2);
        let (first_pair, last) = (points[MAX_BATCH_POINTS], points[points.len() - 1]);
        assert_eq!((first_pair.n_steps, first_pair.loss), (MAX_BATCH_POINTS + 2, MAX_BATCH_POINTS as f64 + 1.5));
        assert_eq!((last.n_steps, last.accuracy), (4 * MAX_BATCH_POINTS, 0.5));
    }
}
