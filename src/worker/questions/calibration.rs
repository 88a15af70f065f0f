//! How sure the network may be: its temperature, and how far from the training images an image may be.

use super::scores::CHUNK;
use super::{Answerable, Asked, Job, Outcome};
use crate::protocol::ImageSet;
use crate::protocol::questions::{Calibration, CalibrationAnswer};
use crate::worker::known_images::KnownImages;
use crate::worker::look::logits_idx;
use crate::worker::run::Run;
use inkling_engine::calibration::{fit_temperature, negative_log_likelihood};
use inkling_engine::data::{Dataset, Split};
use inkling_engine::evaluation::Evaluator;
use inkling_engine::explain::{ExplainError, Familiar, quantile};
use inkling_engine::model::{Model, Workspace};
use std::sync::Arc;

/// Validation images that the temperature is found on.
const N_JUDGED: usize = 2_000;
/// Training images that say what is familiar.
const N_KNOWN: usize = 2_000;
/// Most numbers that are kept of what the last hidden layer gives for these: 16 MB.
const MAX_KNOWN_NUMBERS: usize = 4_000_000;
/// Validation images that say how unfamiliar an image may be.
const N_COMPARED: usize = 1_000;
/// Share of the validation images that may be further away than a limit.
const REFUSED_SHARE: f64 = 0.01;

struct CalibrationJob {
    /// A copy: the run may go on learning.
    model: Model,
    n_steps: usize,
    workspace: Workspace,
    images: Arc<Dataset>,
    evaluator: Evaluator,
    /// Training images, then validation images.
    sample_idxs: Vec<u32>,
    n_known: usize,
    n_done: usize,
    /// The layer that gives the features; `None`: there is none before the last.
    layer_idx: Option<usize>,
    known_images: Familiar,
    known_features: Familiar,
    distances: [Vec<f32>; 2],
    temperature: f64,
    losses: [f64; 2],
}

impl Answerable for Calibration {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Calibration>, ExplainError> {
        let images = asked.images(ImageSet::Train)?;
        let model = asked.run.model().clone();
        images
            .check_shape(model.input_shape().size(), model.n_outputs(), model.loss())
            .map_err(|error| ExplainError::new("data set", "images that fit the network", error))?;
        let logits_idx = logits_idx(asked.run.checked.layers()).ok_or_else(|| {
            ExplainError::new(
                "network",
                "a Dense layer that makes the logits, so that there is a layer before it",
                "none",
            )
        })?;
        let layer_idx = logits_idx.checked_sub(1);
        let n_features = layer_idx.map_or(images.input_len(), |idx| model.layers()[idx].output_shape.size());
        let Split { train, validation } = Split::new(&asked.run.checked, &images);
        let judged = if validation.is_empty() { &train } else { &validation };
        let first = |list: &[u32], n: usize| list.iter().take(n).copied().collect::<Vec<_>>();
        let known = first(&train, N_KNOWN.min(MAX_KNOWN_NUMBERS / n_features.max(1)));
        let n_known = known.len();
        Ok(Outcome::Job(Box::new(CalibrationJob {
            workspace: Workspace::new(&model),
            n_steps: asked.run.n_steps_seen(),
            evaluator: Evaluator::on(images.clone(), first(judged, N_JUDGED)),
            known_images: Familiar::new(images.input_len()),
            known_features: Familiar::new(n_features),
            model,
            images,
            sample_idxs: [known, first(judged, N_COMPARED)].concat(),
            n_known,
            n_done: 0,
            layer_idx,
            distances: [Vec::new(), Vec::new()],
            temperature: 1.0,
            losses: [0.0; 2],
        })))
    }
}

impl Job<Calibration> for CalibrationJob {
    /// The temperature first, then what is familiar, then how unfamiliar validation images are.
    fn step(&mut self, run: &mut Run) -> bool {
        if self.evaluator.n_done() < self.evaluator.n_total() {
            if let Some(found) = self.evaluator.chunk(&self.model, &mut self.workspace, CHUNK) {
                self.fit(&found.logits, &found.sample_idxs);
            }
            return false;
        }
        if let Some(&sample_idx) = self.sample_idxs.get(self.n_done) {
            self.look_at(sample_idx as usize);
            self.n_done += 1;
            return false;
        }
        let [of_images, of_features] = self.distances.each_mut().map(|found| quantile(found, 1.0 - REFUSED_SHARE));
        run.known_images = Some(KnownImages {
            images: (self.known_images.clone(), of_images),
            features: self.layer_idx.map(|_| (self.known_features.clone(), of_features)),
            layer_idx: self.layer_idx,
            n_steps: self.n_steps,
        });
        true
    }

    fn answer(&self) -> CalibrationAnswer {
        CalibrationAnswer {
            temperature: self.temperature,
            losses: self.losses,
            n_images: self.evaluator.n_total(),
            progress: (self.evaluator.n_done() + self.n_done, self.evaluator.n_total() + self.sample_idxs.len()),
        }
    }

    fn is_in_background(&self) -> bool {
        true
    }

    fn n_steps(&self) -> Option<usize> {
        Some(self.n_steps)
    }
}

impl CalibrationJob {
    fn fit(&mut self, logits: &[f32], sample_idxs: &[u32]) {
        let labels: Vec<u8> = sample_idxs.iter().filter_map(|idx| self.images.label(*idx as usize)).collect();
        let n_classes = self.model.n_outputs();
        self.temperature = fit_temperature(logits, n_classes, &labels);
        self.losses = [1.0, self.temperature].map(|it| negative_log_likelihood(logits, n_classes, &labels, it));
    }

    fn look_at(&mut self, sample_idx: usize) {
        let Some(pixels) = self.images.input(sample_idx) else { return };
        let outputs = self.model.activations(&mut self.workspace, &pixels);
        let features = self.layer_idx.map_or(&[] as &[f32], |layer_idx| outputs[layer_idx].as_slice());
        if self.n_done < self.n_known {
            self.known_images.push(&pixels);
            self.known_features.push(features);
        } else {
            let [of_images, of_features] = &mut self.distances;
            of_images.push(self.known_images.distance(&pixels));
            of_features.push(self.known_features.distance(features));
        }
    }
}
