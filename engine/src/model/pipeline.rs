//! Layers in a row with the numbers between them: forward through all, backward to the first that has weights.

use crate::experiment::Activation;
use crate::layers::{Layer, LayerFamily, LayerSite, OverBatch, TrainingPass};
use crate::model::Model;
use crate::model::workspace::Samples;
use std::ops::Range;

/// How layers become stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// As few stages as possible: a convolution and the pooling after it are one, Flatten is left out.
    Fast,
    /// One stage a layer, so that every layer's output can be looked at.
    EveryLayer,
}

/// A network at work on up to a shard of samples.
#[derive(Debug)]
pub(super) struct Pipeline {
    stages: Vec<Stage>,
    /// Stages before this one need no gradient.
    first_with_params: usize,
    /// Which weights are packed.
    version: Option<u64>,
    n_samples: usize,
    /// Gradient of the stage at work, and of the one before it.
    gradients: [Vec<f32>; 2],
}

#[derive(Debug)]
struct Stage {
    layer: Box<dyn Layer>,
    /// The layer whose output this is.
    layer_idx: usize,
    input_len: usize,
    output_len: usize,
    /// `[n, output_len]`, longer if more samples have passed before.
    y: Vec<f32>,
}

impl Pipeline {
    pub(super) fn new(model: &Model, detail: Detail) -> Pipeline {
        let (checked, params) = (model.layers(), model.param_ranges());
        let mut stages: Vec<Stage> = Vec::with_capacity(checked.len());
        let mut layer_idx = 0;
        while layer_idx < checked.len() {
            let (layer, is_last) = (&checked[layer_idx], layer_idx + 1 == checked.len());
            let input_len = layer.input_shape.size();
            let site = LayerSite { layer_idx, checked: layer, params: params[layer_idx] };
            let fused = match checked.get(layer_idx + 1) {
                Some(next) if detail == Detail::Fast => layer.config.work().build_fused(&site, next),
                _ => None,
            };
            let is_fused = fused.is_some();
            // The last activation belongs to the loss.
            let activation = layer.activation().filter(|_| !is_last).unwrap_or(Activation::Linear);
            let built = fused.unwrap_or_else(|| layer.config.work().build(&site, activation));
            if is_fused {
                layer_idx += 1;
            }
            if detail == Detail::EveryLayer || layer.config.kind().family() != LayerFamily::Reshaping {
                let output_len = checked[layer_idx].output_shape.size();
                stages.push(Stage { layer: built, layer_idx, input_len, output_len, y: vec![] });
            }
            layer_idx += 1;
        }
        let first_with_params = stages.iter().position(|stage| stage.layer.has_params()).unwrap_or(stages.len());
        Pipeline { stages, first_with_params, version: None, n_samples: 0, gradients: [vec![], vec![]] }
    }

    /// Whether the first stage would rather have the non-zero entries of pixels.
    pub(super) fn accepts_sparse(&self) -> bool {
        self.stages.first().is_some_and(|stage| stage.layer.accepts_sparse())
    }

    /// Runs samples through all stages.
    pub(super) fn forward_samples(&mut self, model: &Model, samples: &mut Samples, training: Option<TrainingPass>) {
        self.begin_samples(model, samples);
        self.forward_stages(0..self.stages.len(), model, &samples.x, training);
    }

    /// Takes in samples, whose numbers [`forward_stages`](Pipeline::forward_stages) begins with.
    pub(super) fn begin_samples(&mut self, model: &Model, samples: &mut Samples) {
        if samples.has_entries {
            self.stages[0].layer.take_entries(&mut samples.entries);
        }
        self.begin(model, samples.n);
    }

    /// Runs `x` `[n, input_len]` through all stages.
    pub(super) fn forward(&mut self, model: &Model, x: &[f32], n_samples: usize, training: Option<TrainingPass>) {
        self.begin(model, n_samples);
        self.forward_stages(0..self.stages.len(), model, x, training);
    }

    fn begin(&mut self, model: &Model, n_samples: usize) {
        if self.version != Some(model.version()) {
            self.stages.iter_mut().for_each(|stage| stage.layer.pack(model.weights()));
            self.version = Some(model.version());
        }
        self.n_samples = n_samples;
    }

    /// Runs samples that have been taken in, and passed through the stages before, through some stages; `x` is what went in
    /// at the beginning.
    pub(super) fn forward_stages(
        &mut self,
        stages: Range<usize>,
        model: &Model,
        x: &[f32],
        training: Option<TrainingPass>,
    ) {
        let n_samples = self.n_samples;
        for stage_idx in stages {
            let (before, rest) = self.stages.split_at_mut(stage_idx);
            let stage = &mut rest[0];
            let x = before.last().map_or(x, |stage| stage.output(n_samples));
            let y_len = n_samples * stage.output_len;
            if stage.y.len() < y_len {
                stage.y.resize(y_len, 0.0);
            }
            stage.layer.forward(x, model.weights(), training, &mut stage.y[..y_len]);
        }
    }

    /// What the last stage gave: the logits. `x` is what went in.
    pub(super) fn logits<'a>(&'a self, x: &'a [f32]) -> &'a [f32] {
        self.stages.last().map_or(x, |stage| stage.output(self.n_samples))
    }

    /// What each stage gave, with the index of its layer.
    pub(super) fn outputs(&self) -> impl Iterator<Item = (usize, &[f32])> {
        self.stages.iter().map(|stage| (stage.layer_idx, stage.output(self.n_samples)))
    }

    /// Logits, and room for their gradient, which [`backward`](Pipeline::backward) begins with.
    pub(super) fn loss_buffers<'a>(&'a mut self, x: &'a [f32]) -> (&'a [f32], &'a mut [f32]) {
        let logits = match self.stages.last() {
            Some(stage) => stage.output(self.n_samples),
            None => x,
        };
        let dlogits = &mut self.gradients[0];
        if dlogits.len() < logits.len() {
            dlogits.resize(logits.len(), 0.0);
        }
        (logits, &mut dlogits[..logits.len()])
    }

    /// Overwrites `dparams` by the weights' gradients, from the gradient of the logits; `visit` sees the gradient of
    /// every stage's output on the way. With `dx`, the way goes down to the input `x`.
    pub(super) fn backward(
        &mut self,
        x: &[f32],
        dparams: &mut [f32],
        dx: Option<&mut [f32]>,
        visit: impl FnMut(usize, &[f32]),
    ) {
        self.backward_stages(0..self.stages.len(), x, dparams, dx, visit);
    }

    /// What a layer gave, and room for a gradient of it that [`backward_from`](Pipeline::backward_from) can begin
    /// with, with the number of stages up to it; `None` if the layer has no stage.
    pub(super) fn layer_buffers(&mut self, layer_idx: usize) -> Option<(usize, &[f32], &mut [f32])> {
        let stage_idx = self.stages.iter().position(|stage| stage.layer_idx == layer_idx)?;
        let y = self.stages[stage_idx].output(self.n_samples);
        let dy = &mut self.gradients[0];
        if dy.len() < y.len() {
            dy.resize(y.len(), 0.0);
        }
        Some((stage_idx + 1, y, &mut dy[..y.len()]))
    }

    /// As [`backward`](Pipeline::backward), through the first `n_stages` only.
    pub(super) fn backward_from(
        &mut self,
        n_stages: usize,
        x: &[f32],
        dparams: &mut [f32],
        dx: Option<&mut [f32]>,
        visit: impl FnMut(usize, &[f32]),
    ) {
        self.backward_stages(0..n_stages, x, dparams, dx, visit);
    }

    /// As [`backward`](Pipeline::backward), through some stages, the last of them first; those after them have been passed.
    pub(super) fn backward_stages(
        &mut self,
        stages: Range<usize>,
        x: &[f32],
        dparams: &mut [f32],
        mut dx: Option<&mut [f32]>,
        mut visit: impl FnMut(usize, &[f32]),
    ) {
        let n_samples = self.n_samples;
        let [dy, dx_buffer] = &mut self.gradients;
        for stage_idx in stages.rev() {
            let (before, rest) = self.stages.split_at_mut(stage_idx);
            let stage = &mut rest[0];
            let (x_len, y_len) = (n_samples * stage.input_len, n_samples * stage.output_len);
            visit(stage.layer_idx, &dy[..y_len]);
            let is_last = stage_idx == 0 || (dx.is_none() && stage_idx <= self.first_with_params);
            if !is_last && dx_buffer.len() < x_len {
                dx_buffer.resize(x_len, 0.0);
            }
            let x = before.last().map_or(x, |stage| stage.output(n_samples));
            let target = match &mut dx {
                Some(dx) if is_last => Some(&mut dx[..x_len]),
                _ if is_last => None,
                _ => Some(&mut dx_buffer[..x_len]),
            };
            stage.layer.backward(x, &stage.y[..y_len], &mut dy[..y_len], dparams, target);
            if is_last {
                return;
            }
            std::mem::swap(dy, dx_buffer);
        }
    }

    pub(super) fn n_stages(&self) -> usize {
        self.stages.len()
    }

    /// The layer whose output each stage gives, which is the last of its layers.
    #[cfg(feature = "plane")]
    pub(super) fn last_layers(&self) -> impl Iterator<Item = usize> {
        self.stages.iter().map(|stage| stage.layer_idx)
    }

    /// Stages before this one need no gradient.
    pub(super) fn first_with_params(&self) -> usize {
        self.first_with_params
    }

    /// A stage that needs numbers of the whole batch in training.
    pub(super) fn over_batch(&mut self, stage_idx: usize) -> Option<&mut dyn OverBatch> {
        self.stages[stage_idx].layer.over_batch()
    }

    /// What the forward pass of such a stage needs to know of these samples, which have passed the stages before; `x` is what
    /// went in at the beginning.
    pub(super) fn moments(&mut self, stage_idx: usize, x: &[f32]) -> Vec<f64> {
        let (before, rest) = self.stages.split_at_mut(stage_idx);
        let x = before.last().map_or(x, |stage| stage.output(self.n_samples));
        rest[0].layer.over_batch().map(|layer| layer.moments(x)).unwrap_or_default()
    }

    /// What its backward pass needs to know of them, when the stages after have been passed.
    pub(super) fn gradient_sums(&mut self, stage_idx: usize, x: &[f32]) -> Vec<f64> {
        let (before, rest) = self.stages.split_at_mut(stage_idx);
        let x = before.last().map_or(x, |stage| stage.output(self.n_samples));
        let dy = &self.gradients[0][..self.n_samples * rest[0].output_len];
        rest[0].layer.over_batch().map(|layer| layer.gradient_sums(x, dy)).unwrap_or_default()
    }

    /// Gives the Dropout at `layer_idx` fixed factors, or takes them away.
    pub(super) fn set_dropout_factors(&mut self, layer_idx: usize, factors: Option<Vec<f32>>) {
        if let Some(stage) = self.stages.iter_mut().find(|stage| stage.layer_idx == layer_idx) {
            stage.layer.set_dropout_factors(factors);
        }
    }
}

impl Stage {
    fn output(&self, n_samples: usize) -> &[f32] {
        &self.y[..n_samples * self.output_len]
    }
}
