//! Precision, recall and F1 of each class, and their means.
//!
//! Source: scikit-learn's [`precision_recall_fscore_support`](https://scikit-learn.org/stable/modules/generated/sklearn.metrics.precision_recall_fscore_support.html).

use super::Confusion;

/// Precision, recall and F1, each in `[0, 1]`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Scores {
    /// Share of the samples predicted to be of the class that are: `tp / (tp + fp)`.
    pub precision: f64,
    /// Share of the class's samples that are predicted to be: `tp / (tp + fn)`.
    pub recall: f64,
    /// Their harmonic mean: `2 tp / (2 tp + fp + fn)`.
    pub f1: f64,
}

/// The scores of each class.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassScores {
    /// Each class's.
    pub classes: Vec<Scores>,
    /// Samples of each class.
    pub support: Vec<u32>,
}

/// Means over the classes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Averages {
    /// Each class counts alike.
    pub macro_average: Scores,
    /// Each class counts by its samples.
    pub weighted: Scores,
    /// Over all samples; where each sample has one class and one prediction, all three are the accuracy.
    pub micro: Scores,
}

impl ClassScores {
    /// The scores that a confusion matrix gives; where a denominator is 0 the score is `zero_division`.
    #[must_use]
    pub fn new(confusion: &Confusion, zero_division: f64) -> ClassScores {
        let counts = &confusion.0;
        let share = |part: u32, whole: u32| {
            if whole == 0 { zero_division } else { f64::from(part) / f64::from(whole) }
        };
        let scores = |class: usize| {
            let (hits, n_predicted, n_true) =
                (counts[[class, class]], counts.column(class).sum(), counts.row(class).sum());
            Scores {
                precision: share(hits, n_predicted),
                recall: share(hits, n_true),
                f1: share(2 * hits, n_predicted + n_true),
            }
        };
        ClassScores {
            classes: (0..confusion.n_classes()).map(scores).collect(),
            support: counts.rows().into_iter().map(|row| row.sum()).collect(),
        }
    }

    /// Means over all classes, also those without a sample.
    #[must_use]
    pub fn averages(&self, confusion: &Confusion) -> Averages {
        let accuracy = confusion.accuracy();
        Averages {
            macro_average: self.mean(|_| 1.0),
            weighted: self.mean(|class| f64::from(self.support[class])),
            micro: Scores { precision: accuracy, recall: accuracy, f1: accuracy },
        }
    }

    fn mean(&self, weight: impl Fn(usize) -> f64) -> Scores {
        let (mut sum, mut total) = (Scores::default(), 0.0);
        for (class, scores) in self.classes.iter().enumerate() {
            let weight = weight(class);
            total += weight;
            sum.precision += weight * scores.precision;
            sum.recall += weight * scores.recall;
            sum.f1 += weight * scores.f1;
        }
        let total = if total == 0.0 { 1.0 } else { total };
        Scores { precision: sum.precision / total, recall: sum.recall / total, f1: sum.f1 / total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_of_two_classes() {
        // Three 0s, one of them read as 1; two 1s, both read as 1.
        let confusion = Confusion::new(2, &[0, 0, 0, 1, 1], &[0, 0, 1, 1, 1]);
        let scores = ClassScores::new(&confusion, 0.0);
        assert_eq!(scores.classes[0], Scores { precision: 1.0, recall: 2.0 / 3.0, f1: 0.8 });
        assert_eq!(scores.classes[1], Scores { precision: 2.0 / 3.0, recall: 1.0, f1: 0.8 });
        assert_eq!(scores.support, [3, 2]);
        let averages = scores.averages(&confusion);
        assert_eq!((averages.macro_average.f1, averages.micro.recall), (0.8, 0.8));
        assert!((averages.weighted.recall - 0.8).abs() < 1e-15);
    }
}
