//! The gradient of a shard in parts, for the bench: which layer takes how long.

use super::{Model, ShardResult, Workspace};
use crate::data::Dataset;
use crate::layers::TrainingPass;
use crate::random::{Key, Purpose};
use std::ops::Range;

/// A part of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepPart {
    /// The samples of the batch are taken out of the data set and unpacked.
    Gather,
    /// Layers bring their new weights into the order of their kernels.
    Pack,
    /// The forward pass of a stage.
    Forward(usize),
    /// The loss and its gradient.
    Loss,
    /// The backward pass of a stage.
    Backward(usize),
    /// Gradients of shards are added.
    Sum,
    /// The optimizer's step, and the figures of the update.
    Update,
}

impl Workspace {
    /// The layers of each stage of the network at work: a convolution and the pooling after it can be one stage, and
    /// Flatten belongs to the stage after it. Together they are all layers.
    #[must_use]
    pub fn stages(&self, model: &Model) -> Vec<Range<usize>> {
        let mut ends: Vec<usize> = self.pipeline.last_layers().map(|layer_idx| layer_idx + 1).collect();
        if let Some(end) = ends.last_mut() {
            *end = model.layers().len();
        }
        let starts = std::iter::once(0).chain(ends.clone());
        starts.zip(ends).map(|(start, end)| start..end).collect()
    }

    /// Stages before this one have no backward pass; this one computes no gradient of its input.
    #[must_use]
    pub fn first_stage_with_params(&self) -> usize {
        self.pipeline.first_with_params()
    }
}

impl Model {
    /// As [`dataset_gradient`](Model::dataset_gradient); calls `on_end` at the end of each part. The same bits come out.
    ///
    /// # Panics
    /// As `dataset_gradient`.
    pub fn dataset_gradient_in_parts(
        &self,
        workspace: &mut Workspace,
        (dataset, sample_idxs): (&Dataset, &[u32]),
        (epoch, first): (usize, usize),
        gradients: &mut [f32],
        on_end: &mut dyn FnMut(StepPart),
    ) -> ShardResult {
        assert_eq!(dataset.input_len(), self.input_shape.size(), "numbers in a sample of a data set");
        assert_eq!(gradients.len(), self.weights.len(), "gradients of a network");
        let Workspace { pipeline, head, samples, .. } = workspace;
        samples.load(dataset, sample_idxs, Some(epoch), pipeline.accepts_sparse());
        on_end(StepPart::Gather);
        pipeline.begin_samples(self, samples);
        on_end(StepPart::Pack);
        let training = TrainingPass { key: Key::new(self.seed, Purpose::Dropout).with(epoch as u64), first };
        for stage_idx in 0..pipeline.n_stages() {
            pipeline.forward_stages(stage_idx..stage_idx + 1, self, &samples.x, Some(training));
            on_end(StepPart::Forward(stage_idx));
        }
        let (logits, dlogits) = pipeline.loss_buffers(&samples.x);
        let result = head.evaluate_weighted(logits, samples.target(), &self.class_weight, dlogits);
        on_end(StepPart::Loss);
        for stage_idx in (pipeline.first_with_params()..pipeline.n_stages()).rev() {
            pipeline.backward_stages(stage_idx..stage_idx + 1, &samples.x, gradients, None, |_, _| {});
            on_end(StepPart::Backward(stage_idx));
        }
        result
    }
}
