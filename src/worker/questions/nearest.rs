//! The training images that are nearest to the subject in the last hidden layer.

use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::ImageSet;
use crate::protocol::questions::{Nearest, NearestAnswer, Neighbour};
use crate::worker::run::Run;
use inkling_engine::data::{Dataset, Split};
use inkling_engine::explain::ExplainError;
use inkling_engine::model::{Model, Workspace};
use std::sync::Arc;

/// How many images are kept.
const N_NEAREST: usize = 8;

struct NearestJob {
    /// A copy: the run may go on learning.
    model: Model,
    n_steps: usize,
    workspace: Workspace,
    images: Arc<Dataset>,
    sample_idxs: Vec<u32>,
    n_done: usize,
    /// The layer that gives the features; `None`: the image itself.
    layer_idx: Option<usize>,
    /// The subject, which is not its own neighbour, and its features.
    subject: Vec<f32>,
    features: Vec<f32>,
    nearest: Vec<Neighbour>,
}

impl Answerable for Nearest {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Nearest>, ExplainError> {
        let images = asked.images(ImageSet::Train)?;
        let look = asked.look()?;
        let logits_idx = look.logits_idx().ok_or_else(|| {
            ExplainError::new(
                "network",
                "a Dense layer that makes the logits, so that there is a layer before it",
                "none",
            )
        })?;
        let sample_idxs = Split::new(&asked.run.checked, &images).train;
        let model = asked.run.model().clone();
        Ok(Outcome::Job(Box::new(NearestJob {
            workspace: Workspace::new(&model),
            n_steps: asked.run.n_steps_seen(),
            model,
            images,
            sample_idxs,
            n_done: 0,
            layer_idx: logits_idx.checked_sub(1),
            subject: look.pixels().to_vec(),
            features: look.input_of(logits_idx).iter().copied().collect(),
            nearest: Vec::with_capacity(N_NEAREST + 1),
        })))
    }
}

impl Job<Nearest> for NearestJob {
    fn step(&mut self, _run: &mut Run) -> bool {
        let Some(&sample_idx) = self.sample_idxs.get(self.n_done) else { return true };
        let sample_idx = sample_idx as usize;
        self.n_done += 1;
        if let Some(pixels) = self.images.input(sample_idx).filter(|pixels| *pixels != self.subject) {
            let distance = match self.layer_idx {
                Some(layer_idx) => {
                    let outputs = self.model.activations(&mut self.workspace, &pixels);
                    distance(&self.features, outputs[layer_idx].as_slice())
                }
                None => distance(&self.features, &pixels),
            };
            let label = self.images.label(sample_idx).unwrap_or_default();
            keep(&mut self.nearest, Neighbour { sample_idx, label, distance });
        }
        self.n_done == self.sample_idxs.len()
    }

    fn answer(&self) -> NearestAnswer {
        let pixels = self.nearest.iter().filter_map(|near| self.images.input(near.sample_idx)).flatten().collect();
        NearestAnswer {
            neighbours: self.nearest.clone(),
            progress: (self.n_done, self.sample_idxs.len()),
            layer: self.layer_idx.map_or_else(|| "the image".to_owned(), |idx| self.model.layers()[idx].name.clone()),
            n_features: self.features.len(),
            pixels,
        }
    }

    fn is_in_background(&self) -> bool {
        true
    }

    fn n_steps(&self) -> Option<usize> {
        Some(self.n_steps)
    }
}

fn distance(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f32>().sqrt()
}

/// Keeps the nearest [`N_NEAREST`], in order; of equal ones the first.
fn keep(nearest: &mut Vec<Neighbour>, found: Neighbour) {
    let place = nearest.partition_point(|near| near.distance <= found.distance);
    if place < N_NEAREST {
        nearest.insert(place, found);
        nearest.truncate(N_NEAREST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_are_kept_in_order() {
        let mut nearest = Vec::new();
        for (sample_idx, distance) in [5.0, 1.0, 9.0, 1.0, 3.0, 8.0, 7.0, 6.0, 2.0, 4.0].into_iter().enumerate() {
            keep(&mut nearest, Neighbour { sample_idx, label: 0, distance });
        }
        let idxs: Vec<usize> = nearest.iter().map(|near| near.sample_idx).collect();
        assert_eq!(idxs, [1, 3, 8, 4, 9, 0, 7, 6]);
        assert_eq!(distance(&[0.0, 3.0], &[4.0, 0.0]), 5.0);
    }
}
