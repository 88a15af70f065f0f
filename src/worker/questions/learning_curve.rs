//! Trains an experiment on fewer images, size by size, between the slices of the run.

use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::ImageSet;
use crate::protocol::questions::{CurvePoint, LEAST_CURVE_STEPS, LearningCurve, LearningCurveAnswer, curve_sizes};
use crate::worker::run::Run;
use inkling_engine::data::Dataset;
use inkling_engine::experiment::CheckedExperiment;
use inkling_engine::explain::ExplainError;
use inkling_engine::trainer::{Stage, Trainer};
use std::sync::Arc;

struct CurveJob {
    checked: CheckedExperiment,
    images: Arc<Dataset>,
    trainer: Trainer,
    points: Vec<CurvePoint>,
    sizes: Vec<usize>,
    n_seen: usize,
    n_seen_in_all: usize,
}

impl Answerable for LearningCurve {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<LearningCurve>, ExplainError> {
        let images = asked.mnist()?.of(ImageSet::Train);
        let images = asked.run.checked.training_data(images, asked.own_digits);
        let images = images.map_err(|error| ExplainError::new("data set", "images of the experiment", error))?;
        Ok(Outcome::Job(Box::new(CurveJob::new(asked.run.checked.clone(), images)?)))
    }
}

fn trainer_on(checked: &CheckedExperiment, images: &Arc<Dataset>, n_train: usize) -> Result<Trainer, ExplainError> {
    let fault = |error| ExplainError::new("data set", "images that fit the network", error);
    let mut trainer = Trainer::on_first(checked.clone(), images.clone(), n_train).map_err(fault)?;
    // An experiment has at most 1,000 epochs, and so have these.
    let _ = trainer.set_epochs(n_epochs(checked, n_train));
    Ok(trainer)
}

/// Epochs of a size: as many as the experiment has, or more where that would be few updates.
fn n_epochs(checked: &CheckedExperiment, n_train: usize) -> usize {
    let training = &checked.experiment().training;
    let steps_per_epoch = n_train.div_ceil(training.batch_size).max(1);
    training.epochs.max(LEAST_CURVE_STEPS.div_ceil(steps_per_epoch))
}

impl CurveJob {
    fn new(checked: CheckedExperiment, images: Arc<Dataset>) -> Result<CurveJob, ExplainError> {
        let sizes = curve_sizes(checked.n_train());
        let first = sizes.first().copied().unwrap_or_default();
        Ok(CurveJob {
            trainer: trainer_on(&checked, &images, first)?,
            n_seen_in_all: sizes.iter().map(|size| n_epochs(&checked, *size) * size).sum(),
            checked,
            images,
            points: Vec::new(),
            sizes,
            n_seen: 0,
        })
    }

    /// Notes what came of a size and goes on to the next; `true` after the last one.
    fn take_size(&mut self) -> bool {
        let Some(n_train) = self.sizes.get(self.points.len()).copied() else { return true };
        let epochs = &self.trainer.history().epochs;
        let kept = self.trainer.best_epoch().and_then(|best| epochs.iter().find(|record| record.epoch == best));
        let record = kept.or(epochs.last());
        self.points.push(CurvePoint {
            n_train,
            accuracy: record.map_or(f64::NAN, |record| record.accuracy),
            val_accuracy: record.and_then(|record| record.val_accuracy),
            epochs: epochs.len(),
            n_steps: self.trainer.n_steps(),
        });
        let done = &self.sizes[..self.points.len()];
        // A stop rule may have ended it early.
        self.n_seen = done.iter().map(|size| n_epochs(&self.checked, *size) * size).sum();
        let next = self.sizes.get(self.points.len());
        match next.map(|n_train| trainer_on(&self.checked, &self.images, *n_train)) {
            Some(Ok(trainer)) => {
                self.trainer = trainer;
                false
            }
            // The first size was on the same images, so that there is no error after it.
            Some(Err(_)) | None => true,
        }
    }
}

impl Job<LearningCurve> for CurveJob {
    /// A shard of an update, or a piece of a validation.
    fn step(&mut self, _run: &mut Run) -> bool {
        match self.trainer.stage() {
            Stage::Step => {
                if self.trainer.shard_heads().is_empty() {
                    self.trainer.begin_step();
                }
                let missing = self.trainer.missing_shards().next();
                if let Some(shard_idx) = missing {
                    self.trainer.compute_shard(shard_idx);
                }
                if self.trainer.missing_shards().next().is_none() {
                    self.n_seen += self.trainer.finish_step().n_samples;
                }
                false
            }
            Stage::Validation => {
                self.trainer.validate_chunk();
                false
            }
            Stage::Finished(_) => self.take_size(),
        }
    }

    fn answer(&self) -> LearningCurveAnswer {
        LearningCurveAnswer {
            points: self.points.clone(),
            sizes: self.sizes.clone(),
            progress: (self.n_seen.min(self.n_seen_in_all), self.n_seen_in_all),
        }
    }

    fn is_in_background(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::experiment::{DataConfig, Preset};

    #[test]
    fn each_size_is_trained_and_judged_on_the_same_images() {
        let mut experiment = Preset::Softmax.experiment();
        experiment.data = DataConfig::mnist(400);
        (experiment.training.epochs, experiment.training.batch_size) = (3, 50);
        let checked = experiment.check().unwrap();
        // A bar of ink whose column is the label.
        let label = |sample_idx: usize| sample_idx * 7 % 10;
        let pixels = (0..400 * 784).map(|idx| 255 * u8::from(idx % 28 / 2 == label(idx / 784))).collect();
        let images = Dataset::digits(pixels, (0..400).map(|idx| label(idx) as u8).collect()).unwrap();
        let mut run = Run::new(1, checked.clone());
        let before = run.model().weights().to_vec();
        let mut job = CurveJob::new(checked, Arc::new(images)).unwrap();
        let mut n_reports = 0;
        while !job.step(&mut run) {
            let (n_seen, n_in_all) = job.answer().progress;
            assert!(n_seen <= n_in_all);
            n_reports += 1;
        }
        let answer = job.answer();
        assert_eq!((answer.sizes.as_slice(), answer.progress.0), ([100, 360].as_slice(), answer.progress.1));
        let figures: Vec<_> = answer.points.iter().map(|point| (point.n_train, point.epochs, point.n_steps)).collect();
        assert_eq!(figures, [(100, 150, 300), (360, 38, 304)]);
        assert!(answer.points.iter().all(|point| point.val_accuracy == Some(1.0)), "{:?}", answer.points);
        assert!(n_reports > 600, "it works in small pieces: {n_reports}");
        assert_eq!(run.model().weights(), before, "the run stays as it is");
    }
}
