//! Accuracy and confusion matrix: what a network gets right, and what it takes for what.

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
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn confusion_counts_pairs() {
        let confusion = Confusion::new(3, &[0, 1, 1, 2], &[0, 1, 0, 1]);
        assert_eq!(confusion.0, array![[1, 0, 0], [1, 1, 0], [0, 1, 0]]);
    }
}
