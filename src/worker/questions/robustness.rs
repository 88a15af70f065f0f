//! What a network still recognises when the images that it is judged by are changed.

use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::questions::{JudgedSet, N_CHANGED_IMAGES, Robustness, RobustnessAnswer};
use crate::worker::run::Run;
use inkling_engine::data::{Corruption, Dataset, MNIST_SIDE, PixelOrder, Split};
use inkling_engine::explain::ExplainError;
use inkling_engine::model::{Model, Workspace, predicted_class};
use std::sync::Arc;

/// Images that are run together: few, so that training waits for some milliseconds only.
const CHUNK: usize = 10;
/// Chance of the changes: the same for all runs, so that these are measured on the same images.
const SEED: u64 = 1;
/// Training images that stand for validation images where a run keeps none.
const N_INSTEAD: usize = 6_000;

/// A measurement under way.
struct RobustnessJob {
    /// A copy: the run may go on learning.
    model: Model,
    n_steps: usize,
    workspace: Workspace,
    images: Arc<Dataset>,
    sample_idxs: Vec<u32>,
    changes: Vec<Corruption>,
    /// The order in which the network is given the pixels, if it is not their own.
    order: Option<PixelOrder>,
    /// Images recognised after each change that is done.
    n_right: Vec<u32>,
    /// Images of the next change that are done, and how many of them were recognised.
    n_done: usize,
    n_right_so_far: u32,
}

impl Answerable for Robustness {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Robustness>, ExplainError> {
        // In the order that people read: a change of the image comes before its pixels are shuffled.
        let (images, sample_idxs) = match self.set {
            JudgedSet::Validation => {
                let images = asked.mnist()?.train.clone();
                let Split { mut train, validation } = Split::new(&asked.run.checked, &images);
                train.truncate(N_INSTEAD);
                (images, if validation.is_empty() { train } else { validation })
            }
            JudgedSet::Test => {
                let images = asked.mnist()?.test.clone();
                let n = images.len() as u32;
                (images, (0..n).collect())
            }
        };
        let model = asked.run.model().clone();
        let expected = || "images of 28×28 that fit the network";
        images
            .check_shape(MNIST_SIDE * MNIST_SIDE, model.n_outputs(), model.loss())
            .and_then(|()| images.check_shape(model.input_shape().size(), model.n_outputs(), model.loss()))
            .map_err(|error| ExplainError::new("data set", expected(), error))?;
        let mut job = RobustnessJob::new(model, images, spread(&sample_idxs, N_CHANGED_IMAGES));
        job.n_steps = asked.run.n_steps_seen();
        job.changes = self.changes.changes();
        job.order = asked.run.checked.pixel_order();
        Ok(Outcome::Job(Box::new(job)))
    }
}

/// Every k-th of the images, so that there are at most `n`.
fn spread(sample_idxs: &[u32], n: usize) -> Vec<u32> {
    let step = sample_idxs.len().div_ceil(n).max(1);
    sample_idxs.iter().copied().step_by(step).collect()
}

impl RobustnessJob {
    fn new(model: Model, images: Arc<Dataset>, sample_idxs: Vec<u32>) -> RobustnessJob {
        RobustnessJob {
            workspace: Workspace::new(&model),
            model,
            n_steps: 0,
            images,
            sample_idxs,
            changes: Vec::new(),
            order: None,
            n_right: Vec::new(),
            n_done: 0,
            n_right_so_far: 0,
        }
    }

    /// How many of these images are recognised after a change.
    fn count(&mut self, change: Corruption, sample_idxs: &[u32]) -> u32 {
        let image = |sample_idx: &u32| {
            let image = self.images.input(*sample_idx as usize).unwrap_or_default();
            let changed = change.apply(&image, MNIST_SIDE, SEED, u64::from(*sample_idx));
            match &self.order {
                Some(order) => order.apply(&changed),
                None => changed,
            }
        };
        let changed: Vec<f32> = sample_idxs.iter().flat_map(image).collect();
        let logits = self.model.logits(&mut self.workspace, &changed);
        let is_right = |(sample_idx, logits): (&u32, &[f32])| {
            self.images.label(*sample_idx as usize) == Some(predicted_class(logits))
        };
        let logits = logits.as_slice().unwrap_or_default().chunks_exact(self.model.n_outputs().max(1));
        sample_idxs.iter().zip(logits).filter(|found| is_right(*found)).count() as u32
    }
}

impl Job<Robustness> for RobustnessJob {
    fn step(&mut self, _run: &mut Run) -> bool {
        let Some(change) = self.changes.get(self.n_right.len()).copied() else { return true };
        let end = self.sample_idxs.len().min(self.n_done + CHUNK);
        let chunk = self.sample_idxs[self.n_done..end].to_vec();
        self.n_right_so_far += self.count(change, &chunk);
        self.n_done = end;
        if end == self.sample_idxs.len() {
            self.n_right.push(self.n_right_so_far);
            (self.n_done, self.n_right_so_far) = (0, 0);
        }
        self.n_right.len() == self.changes.len()
    }

    fn answer(&self) -> RobustnessAnswer {
        let n_images = self.sample_idxs.len();
        let n_done = self.n_right.len() * n_images + self.n_done;
        RobustnessAnswer { n_images, n_right: self.n_right.clone(), progress: (n_done, self.changes.len() * n_images) }
    }

    fn n_steps(&self) -> Option<usize> {
        Some(self.n_steps)
    }

    fn is_in_background(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use inkling_engine::data::{Inputs, Targets};
    use inkling_engine::experiment::Preset;

    /// A network that answers with the row, from 0 to 9, that has the most ink.
    fn row_reader() -> Run {
        let mut run = Run::new(1, Preset::Softmax.experiment().check().unwrap());
        let weights: Vec<f32> = (0..28 * 28 * 10 + 10)
            .map(|idx| if idx < 28 * 28 * 10 && idx / 10 / 28 == idx % 10 { 1.0 } else { 0.0 })
            .collect();
        run.restore(1, &weights);
        run
    }

    /// 25 images, each with a line of ink in the row of its label.
    fn rows() -> Arc<Dataset> {
        let labels: Vec<u8> = (0..25).map(|idx| 4 + idx % 3).collect();
        let pixel = |label: u8, idx: usize| if idx / 28 == usize::from(label) { 255 } else { 0 };
        let pixels = labels.iter().flat_map(|&label| (0..28 * 28).map(move |idx| pixel(label, idx))).collect();
        Arc::new(Dataset::new(Inputs::Pixels(pixels), 28 * 28, Targets::Labels(labels)).unwrap())
    }

    #[test]
    fn each_change_is_judged_on_all_images() {
        let mut run = row_reader();
        let mut job = RobustnessJob::new(run.model().clone(), rows(), (0..25).collect());
        let sideways = Corruption::Shift { dx: 5.0, dy: 0.0 };
        job.changes = vec![Corruption::Shift { dx: 0.0, dy: 0.0 }, sideways, Corruption::Shift { dx: 0.0, dy: 1.0 }];
        let mut n_reports = vec![];
        while !job.step(&mut run) {
            n_reports.push(job.answer().progress.0);
        }
        assert_eq!(n_reports, [10, 20, 25, 35, 45, 50, 60, 70], "in small pieces");
        let answer = job.answer();
        assert_eq!(answer.n_right, [25, 25, 0], "sideways does not matter to it, downwards does");
        assert_eq!((answer.progress, answer.n_images), ((75, 75), 25));
    }

    #[test]
    fn shuffled_pixels_are_shuffled_after_the_change() {
        let mut run = row_reader();
        let order = PixelOrder::new(3, 28 * 28);
        // The same network for shuffled pixels: the weights of a pixel go where the pixel goes.
        let weights = run.model().weights().to_vec();
        let mut shuffled = weights.clone();
        for (place, source) in order.sources().iter().enumerate() {
            shuffled[10 * place..10 * place + 10].copy_from_slice(&weights[10 * *source as usize..][..10]);
        }
        run.restore(1, &shuffled);
        let mut job = RobustnessJob::new(run.model().clone(), rows(), (0..25).collect());
        job.changes = vec![Corruption::Shift { dx: 5.0, dy: 0.0 }, Corruption::Shift { dx: 0.0, dy: 1.0 }];
        job.order = Some(order);
        while !job.step(&mut run) {}
        assert_eq!(job.answer().n_right, [25, 0]);
    }

    #[test]
    fn images_are_taken_evenly() {
        let all: Vec<u32> = (54_000..60_000).collect();
        let some = spread(&all, 500);
        assert_eq!((some.len(), some[1], some[499]), (500, 54_012, 59_988));
        assert_eq!(spread(&all[..300], 500).len(), 300);
        assert!(spread(&all, 1_001).len() <= 1_001);
        assert!(spread(&[], 500).is_empty());
    }
}
