//! Accuracy and confusion matrix: what a network gets right, and what it takes for what.

use serde::{Deserialize, Serialize};

/// How often each class was taken for each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confusion {
    /// Classes.
    pub n_classes: usize,
    /// `[n_classes, n_classes]`, row: true class, column: predicted class.
    pub counts: Vec<u32>,
}

impl Confusion {
    /// Counts pairs of labels and predictions.
    ///
    /// # Panics
    /// If a label or prediction is no class.
    #[must_use]
    pub fn new(n_classes: usize, labels: &[u8], predictions: &[u8]) -> Confusion {
        let mut counts = vec![0; n_classes * n_classes];
        for (&label, &prediction) in labels.iter().zip(predictions) {
            let (label, prediction) = (usize::from(label), usize::from(prediction));
            assert!(label < n_classes && prediction < n_classes, "class {label} or {prediction} of {n_classes}");
            counts[label * n_classes + prediction] += 1;
        }
        Confusion { n_classes, counts }
    }

    /// How often class `label` was taken for `prediction`.
    ///
    /// # Panics
    /// If one is no class.
    #[must_use]
    pub fn count(&self, label: usize, prediction: usize) -> u32 {
        assert!(label < self.n_classes && prediction < self.n_classes, "class {label} or {prediction}");
        self.counts[label * self.n_classes + prediction]
    }

    /// Share of each class that was recognised; `None` where there is no sample of it.
    #[must_use]
    pub fn recalls(&self) -> Vec<Option<f64>> {
        let recall = |label: usize| {
            let n: u32 = self.counts[label * self.n_classes..(label + 1) * self.n_classes].iter().sum();
            (n > 0).then(|| f64::from(self.count(label, label)) / f64::from(n))
        };
        (0..self.n_classes).map(recall).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confusion_counts_pairs() {
        let confusion = Confusion::new(3, &[0, 1, 1, 2], &[0, 1, 0, 1]);
        assert_eq!(confusion.counts, [1, 0, 0, 1, 1, 0, 0, 1, 0]);
        assert_eq!(confusion.recalls(), [Some(1.0), Some(0.5), Some(0.0)]);
        assert_eq!(Confusion::new(2, &[0], &[0]).recalls(), [Some(1.0), None]);
    }
}
