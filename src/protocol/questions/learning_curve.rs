//! How good an experiment gets with how many training images.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// How good would the run's experiment be, were it trained on fewer images? The networks begin with the seed's weights and
/// are judged on the validation images of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LearningCurve;

/// The sizes that are trained; those above the experiment's number of training images are left out.
pub const CURVE_SIZES: [usize; 7] = [100, 300, 1_000, 3_000, 10_000, 30_000, 54_000];
/// Each size is trained for the experiment's epochs, or for more where these are fewer updates.
pub const LEAST_CURVE_STEPS: usize = 300;

/// The sizes that are done, again and again until all are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LearningCurveAnswer {
    /// One for each size that is done, ascending.
    pub points: Vec<CurvePoint>,
    /// All sizes, ascending.
    pub sizes: Vec<usize>,
    /// Images that were shown to a network so far, and in all.
    pub progress: (usize, usize),
}

/// What came of one size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Training images.
    pub n_train: usize,
    /// Share of them that was recognised in the last epoch.
    pub accuracy: f64,
    /// Share of the validation images that is recognised at its end; `None` without validation images.
    pub val_accuracy: Option<f64>,
    /// Epochs that were trained.
    pub epochs: usize,
    /// Updates that were made.
    pub n_steps: usize,
}

impl Question for LearningCurve {
    type Answer = LearningCurveAnswer;
}

impl Answer for LearningCurveAnswer {}

/// The sizes for an experiment with so many training images; the last one is all of them.
#[must_use]
pub fn curve_sizes(n_train: usize) -> Vec<usize> {
    // A size that is nearly all images would cost as much and say nothing more.
    let fewer = CURVE_SIZES.into_iter().filter(|size| 5 * size <= 4 * n_train);
    fewer.chain([n_train]).collect()
}

#[cfg(test)]
mod tests {
    use super::curve_sizes;

    #[test]
    fn the_last_size_is_all_images() {
        assert_eq!(curve_sizes(54_000), [100, 300, 1_000, 3_000, 10_000, 30_000, 54_000]);
        assert_eq!(curve_sizes(3_150), [100, 300, 1_000, 3_150]);
        assert_eq!(curve_sizes(60_000), [100, 300, 1_000, 3_000, 10_000, 30_000, 60_000]);
        assert_eq!(curve_sizes(40), [40]);
    }
}
