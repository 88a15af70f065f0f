//! Loss and accuracy on samples that are not trained on, in chunks, so that a caller can do other things between.

use crate::data::{Dataset, SHARD_SIZE, Targets};
use crate::losses::ShardResult;
use crate::metrics::Confusion;
use crate::model::{Model, Workspace, predicted_class};
use std::sync::Arc;

/// An evaluation under way.
#[derive(Debug, Clone)]
pub struct Evaluator {
    dataset: Arc<Dataset>,
    sample_idxs: Vec<u32>,
    n_done: usize,
    total: ShardResult,
    logits: Vec<f32>,
    predictions: Vec<u8>,
}

/// What came out, with the weights of the last chunk.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Mean loss, penalties included, as Keras' `evaluate` gives it.
    pub loss: f64,
    /// Share recognised, in `[0, 1]`.
    pub accuracy: f64,
    /// Index of the largest output of each sample, in order (with one output: 1 if it is above the middle).
    pub predictions: Vec<u8>,
    /// The outputs before the last activation, `[n, n_outputs]`.
    pub logits: Vec<f32>,
    /// Which samples these are.
    pub sample_idxs: Vec<u32>,
}

impl Evaluator {
    /// An evaluation of the whole data set.
    #[must_use]
    pub fn new(dataset: Arc<Dataset>) -> Evaluator {
        let sample_idxs = (0..dataset.len() as u32).collect();
        Evaluator::on(dataset, sample_idxs)
    }

    /// An evaluation of some samples.
    #[must_use]
    pub fn on(dataset: Arc<Dataset>, sample_idxs: Vec<u32>) -> Evaluator {
        let predictions = Vec::with_capacity(sample_idxs.len());
        Evaluator { dataset, sample_idxs, n_done: 0, total: ShardResult::default(), logits: vec![], predictions }
    }

    /// Samples done.
    #[must_use]
    pub fn n_done(&self) -> usize {
        self.n_done
    }

    /// Samples in all.
    #[must_use]
    pub fn n_total(&self) -> usize {
        self.sample_idxs.len()
    }

    /// Index of the largest output of each sample that is done, in order.
    #[must_use]
    pub fn predictions(&self) -> &[u8] {
        &self.predictions
    }

    /// The outputs of each sample that is done before the last activation, `[n_done, n_outputs]`.
    #[must_use]
    pub fn logits(&self) -> &[f32] {
        &self.logits
    }

    /// The samples that are done.
    #[must_use]
    pub fn done(&self) -> &[u32] {
        &self.sample_idxs[..self.n_done]
    }

    /// Goes on by about `n_samples`; the result once all are done, then the same again. Sums are the same whatever
    /// the chunks. The weights should not change in between.
    ///
    /// # Panics
    /// If the data set is not of the network's shape (see [`Dataset::check_shape`]).
    pub fn chunk(&mut self, model: &Model, workspace: &mut Workspace, n_samples: usize) -> Option<Evaluation> {
        let end = self.n_total().min(self.n_done + n_samples.max(1));
        while self.n_done < end {
            let samples = &self.sample_idxs[self.n_done..self.n_total().min(self.n_done + SHARD_SIZE)];
            let start = self.logits.len();
            let result = model.evaluate_samples(workspace, &self.dataset, samples, &mut self.logits);
            self.predictions.extend(self.logits[start..].chunks_exact(model.n_outputs()).map(predicted_class));
            self.total = self.total.plus(result);
            self.n_done += samples.len();
        }
        (self.n_done == self.n_total()).then(|| self.evaluation(model))
    }

    /// Takes what [`Model::evaluate_shard`] gave for the next samples elsewhere, shard by shard of [`SHARD_SIZE`].
    ///
    /// # Panics
    /// If there are not as many logits as the samples of `results` have.
    pub fn take(&mut self, results: &[ShardResult], logits: &[f32], n_outputs: usize) {
        let n_samples = results.iter().map(|result| result.n_samples as usize).sum::<usize>();
        assert_eq!(logits.len(), n_samples * n_outputs, "logits of {n_samples} samples");
        self.logits.extend_from_slice(logits);
        self.predictions.extend(logits.chunks_exact(n_outputs).map(predicted_class));
        self.total = results.iter().fold(self.total, |total, result| total.plus(*result));
        self.n_done += n_samples;
    }

    /// The samples that are not done.
    #[must_use]
    pub fn to_do(&self) -> &[u32] {
        &self.sample_idxs[self.n_done..]
    }

    /// Mean loss of the samples that are done, without penalties.
    #[must_use]
    pub fn mean_loss(&self) -> f64 {
        self.total.loss_sum / f64::from(self.total.n_samples.max(1))
    }

    fn evaluation(&self, model: &Model) -> Evaluation {
        let n = self.n_total().max(1);
        Evaluation {
            loss: self.total.loss_sum / n as f64 + model.penalty(n),
            accuracy: f64::from(self.total.n_correct) / n as f64,
            predictions: self.predictions.clone(),
            logits: self.logits.clone(),
            sample_idxs: self.sample_idxs.clone(),
        }
    }
}

impl Evaluation {
    /// The samples that were misread, by their index in the data set, ascending; none where samples have no labels.
    #[must_use]
    pub fn wrong(&self, dataset: &Dataset) -> Vec<u32> {
        let is_wrong = |(sample_idx, prediction): &(&u32, &u8)| {
            dataset.label(**sample_idx as usize).is_some_and(|label| label != **prediction)
        };
        let pairs = self.sample_idxs.iter().zip(&self.predictions);
        pairs.filter(is_wrong).map(|(sample_idx, _)| *sample_idx).collect()
    }

    /// Which class was taken for which; `None` where samples have no labels.
    #[must_use]
    pub fn confusion(&self, dataset: &Dataset, n_classes: usize) -> Option<Confusion> {
        let Targets::Labels(labels) = dataset.targets() else { return None };
        let labels: Vec<u8> = self.sample_idxs.iter().map(|&sample_idx| labels[sample_idx as usize]).collect();
        Some(Confusion::new(n_classes, &labels, &self.predictions))
    }
}
