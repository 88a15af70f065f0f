//! A look inside: what every layer gives for one sample, and what the loss or an output owes to it.
//!
//! Layer by layer, without the short cuts of training, yet with the same kernels: the numbers are the same.

use super::pipeline::{Detail, Pipeline};
use super::{Model, Target, Workspace};
use crate::arrays::array;
use crate::data::SHARD_SIZE;
use ndarray::Array3;

/// A layer's output for one sample, or the gradient of the loss with respect to it.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerOutput {
    /// Index of the layer.
    pub layer_idx: usize,
    /// `[height, width, channels]`, a vector as `[1, 1, n]`; in standard layout.
    pub values: Array3<f32>,
}

impl LayerOutput {
    /// The numbers in order, row-major, channels last.
    #[must_use]
    pub fn as_slice(&self) -> &[f32] {
        self.values.as_slice().unwrap_or_default()
    }
}

impl Model {
    /// What every layer gives for the sample `x` (its numbers in order), outside of training; the last one gives
    /// probabilities where the network ends so.
    ///
    /// # Panics
    /// If `x` is not one sample.
    #[must_use]
    pub fn activations(&self, workspace: &mut Workspace, x: &[f32]) -> Vec<LayerOutput> {
        let pipeline = self.run_every_layer(&mut workspace.every_layer, x);
        let mut activations: Vec<LayerOutput> =
            pipeline.outputs().map(|(layer_idx, values)| self.layer_output(layer_idx, values)).collect();
        if let Some(logits) = activations.last_mut().and_then(|last| last.values.as_slice_mut()) {
            workspace.head.activate(logits);
        }
        activations
    }

    /// Gradient of the sample's loss (without penalties) with respect to what every layer gives; for the last layer,
    /// with respect to its logits. Dropout is off.
    ///
    /// # Panics
    /// If `x` is not one sample or `target` is none of this network.
    #[must_use]
    pub fn activation_gradients(&self, workspace: &mut Workspace, x: &[f32], target: Target<'_>) -> Vec<LayerOutput> {
        let Workspace { every_layer, head, unused, .. } = workspace;
        let pipeline = self.run_every_layer(every_layer, x);
        let (logits, dlogits) = pipeline.loss_buffers(x);
        head.evaluate(logits, target, dlogits);
        let mut gradients = Vec::with_capacity(self.layers.len());
        unused.resize(self.weights.len(), 0.0);
        let mut dx = vec![0.0; x.len()];
        pipeline.backward(x, unused, Some(&mut dx), |layer_idx, values| {
            gradients.push(self.layer_output(layer_idx, values));
        });
        gradients.reverse();
        gradients
    }

    /// Gradient of the sample's loss (without penalties) with respect to every weight, in the order of
    /// [`weights`](Model::weights). Dropout is off.
    ///
    /// # Panics
    /// If `x` is not one sample or `target` is none of this network.
    #[must_use]
    pub fn weight_gradient(&self, workspace: &mut Workspace, x: &[f32], target: Target<'_>) -> Vec<f32> {
        let Workspace { every_layer, head, .. } = workspace;
        let pipeline = self.run_every_layer(every_layer, x);
        let (logits, dlogits) = pipeline.loss_buffers(x);
        head.evaluate(logits, target, dlogits);
        let mut gradients = vec![0.0; self.weights.len()];
        pipeline.backward(x, &mut gradients, None, |_, _| {});
        gradients
    }

    /// Gradient of one output's logit with respect to the sample `x`: which pixels speak for it, and which against.
    /// Dropout is off.
    ///
    /// # Shapes
    /// `[height, width, channels]`, a vector as `[1, 1, n]`.
    ///
    /// # Panics
    /// If `x` is not one sample or there is no such output.
    #[must_use]
    pub fn input_gradient(&self, workspace: &mut Workspace, x: &[f32], output_idx: usize) -> Array3<f32> {
        let Workspace { every_layer, unused, .. } = workspace;
        let pipeline = self.run_every_layer(every_layer, x);
        let (_, dlogits) = pipeline.loss_buffers(x);
        dlogits.fill(0.0);
        dlogits[output_idx] = 1.0;
        unused.resize(self.weights.len(), 0.0);
        let mut dx = vec![0.0; x.len()];
        pipeline.backward(x, unused, Some(&mut dx), |_, _| {});
        array(self.input_shape.dims(), dx)
    }

    /// How much the sample `x` excites a unit, or on the mean of its cells a channel, and the gradient of that with
    /// respect to `x`; of the last layer, its logit. Dropout is off.
    ///
    /// # Panics
    /// If `x` is not one sample, or there is no such layer or channel.
    #[must_use]
    pub fn activation_gradient(
        &self,
        workspace: &mut Workspace,
        x: &[f32],
        layer_idx: usize,
        channel: usize,
    ) -> (f32, Array3<f32>) {
        let [height, width, channels] = self.layers[layer_idx].output_shape.dims();
        assert!(channel < channels, "channel {channel} of {channels}");
        let Workspace { every_layer, unused, .. } = workspace;
        let pipeline = self.run_every_layer(every_layer, x);
        unused.resize(self.weights.len(), 0.0);
        let mut dx = vec![0.0; x.len()];
        let Some((n_stages, y, dy)) = pipeline.layer_buffers(layer_idx) else {
            return (0.0, array(self.input_shape.dims(), dx));
        };
        let share = 1.0 / (height * width) as f32;
        let excitation = y.iter().skip(channel).step_by(channels).sum::<f32>() * share;
        dy.fill(0.0);
        dy.iter_mut().skip(channel).step_by(channels).for_each(|dy| *dy = share);
        pipeline.backward_from(n_stages, x, unused, Some(&mut dx), |_, _| {});
        (excitation, array(self.input_shape.dims(), dx))
    }

    /// What every layer gives for all the samples in `x`, shard by shard, outside of training: `visit` gets the index of
    /// the shard's first sample, the layer, and its outputs `[n, output_len]`; of the last layer, probabilities where the
    /// network ends so.
    ///
    /// # Panics
    /// If `x` is no whole number of samples.
    pub fn for_each_output(&self, workspace: &mut Workspace, x: &[f32], mut visit: impl FnMut(usize, usize, &[f32])) {
        let input_len = self.input_shape.size();
        assert!(x.len().is_multiple_of(input_len), "{} numbers are no samples of {input_len}", x.len());
        let Workspace { every_layer, head, .. } = workspace;
        let pipeline = every_layer.get_or_insert_with(|| Pipeline::new(self, Detail::EveryLayer));
        let mut last = Vec::new();
        for (shard_idx, x) in x.chunks(SHARD_SIZE * input_len).enumerate() {
            pipeline.forward(self, x, x.len() / input_len, None);
            for (layer_idx, outputs) in pipeline.outputs() {
                if layer_idx + 1 == self.layers.len() {
                    last.clear();
                    last.extend_from_slice(outputs);
                    head.activate(&mut last);
                    visit(shard_idx * SHARD_SIZE, layer_idx, &last);
                } else {
                    visit(shard_idx * SHARD_SIZE, layer_idx, outputs);
                }
            }
        }
    }

    fn run_every_layer<'a>(&self, every_layer: &'a mut Option<Pipeline>, x: &[f32]) -> &'a mut Pipeline {
        assert_eq!(x.len(), self.input_shape.size(), "numbers in a sample");
        let pipeline = every_layer.get_or_insert_with(|| Pipeline::new(self, Detail::EveryLayer));
        pipeline.forward(self, x, 1, None);
        pipeline
    }

    fn layer_output(&self, layer_idx: usize, values: &[f32]) -> LayerOutput {
        LayerOutput { layer_idx, values: array(self.layers[layer_idx].output_shape.dims(), values.to_vec()) }
    }
}
