//! The confusion matrix: which class is taken for which.

use ndarray::Array2;

/// How often each class was taken for each: `[n_classes, n_classes]`, row: true class, column: predicted class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusion(pub Array2<u32>);

impl Confusion {
    /// Counts pairs of labels and predictions.
    ///
    /// # Panics
    /// If a label or prediction is not a class.
    #[must_use]
    pub fn new(n_classes: usize, labels: &[u8], predictions: &[u8]) -> Confusion {
        let mut counts = Array2::zeros([n_classes, n_classes]);
        for (&label, &prediction) in labels.iter().zip(predictions) {
            counts[[usize::from(label), usize::from(prediction)]] += 1;
        }
        Confusion(counts)
    }

    /// Classes.
    #[must_use]
    pub fn n_classes(&self) -> usize {
        self.0.nrows()
    }

    /// Samples in all.
    #[must_use]
    pub fn n_samples(&self) -> u32 {
        self.0.sum()
    }

    /// Share recognised; 0 without samples.
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        f64::from(self.0.diag().sum()) / f64::from(self.n_samples().max(1))
    }

    /// The cell off the diagonal with the largest count, of equal ones the first: true class, predicted class, count; `None`
    /// without mistakes.
    #[must_use]
    pub fn most_frequent_mistake(&self) -> Option<(usize, usize, u32)> {
        let cells = self.0.indexed_iter().filter(|((label, predicted), count)| label != predicted && **count > 0);
        let most = cells.max_by(|(cell, count), (other, other_count)| count.cmp(other_count).then(other.cmp(cell)));
        most.map(|((label, predicted), count)| (label, predicted, *count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn confusion_counts_pairs() {
        let confusion = Confusion::new(3, &[0, 1, 1, 2], &[0, 1, 0, 1]);
        assert_eq!(confusion.0, array![[1, 0, 0], [1, 1, 0], [0, 1, 0]]);
        assert_eq!((confusion.n_samples(), confusion.accuracy()), (4, 0.5));
        assert_eq!(confusion.most_frequent_mistake(), Some((1, 0, 1)), "the first of two equal ones");
        assert_eq!(Confusion::new(2, &[0, 1], &[0, 1]).most_frequent_mistake(), None);
    }
}
