//! A network with its weights.
//!
//! All weights lie in one array, layer by layer: as one they travel to workers and files, and optimizers see nothing else.
//! A layer's are kernel and bias, or gamma, beta, moving mean and moving variance ([`ParamRange`]). What a pass needs beside them is in a [`Workspace`].

mod batch_pass;
mod inspection;
mod moving;
mod pipeline;
#[cfg(feature = "plane")]
mod plane_maps;
#[cfg(feature = "plane")]
mod step_parts;
mod workspace;

pub use crate::data::{Shard, ShardHeader};
pub use crate::layers::ParamRange;
pub use crate::losses::{ShardResult, Target};
pub use batch_pass::BatchPass;
pub use inspection::LayerOutput;
#[cfg(feature = "plane")]
pub use plane_maps::{LARGE_MAP_SIZE, PlaneMaps, SMALL_MAP_SIZE, cell_centre, plane_grid, plane_maps};
#[cfg(feature = "plane")]
pub use step_parts::StepPart;
pub use workspace::Workspace;

use crate::arrays::array;
use crate::data::{ClassWeight, Dataset, SHARD_SIZE};
use crate::experiment::{CheckedExperiment, CheckedLayer, Loss, Shape};
use crate::initializers::initialize;
use crate::kernels::loss;
use crate::layers::{KernelView, NormalizationView, TrainingPass};
use crate::penalties::Penalties;
use crate::random::{Key, Purpose};
use crate::shrinking::Shrinking;
use ndarray::{Array2, ArrayView1};
use std::sync::atomic::{AtomicU64, Ordering};

/// Numbers the states of all models' weights, so that a workspace knows which one it has packed.
static NEXT_VERSION: AtomicU64 = AtomicU64::new(0);

/// A network with its weights: Keras' `Sequential`.
///
/// ```
/// use inkling_engine::experiment::Preset;
/// use inkling_engine::model::{Model, Workspace};
///
/// let model = Model::new(&Preset::Softmax.experiment().check()?);
/// let blank_image = vec![0.0; 28 * 28];
/// let probs = model.predict(&mut Workspace::new(&model), &blank_image);
/// // Biases begin at 0, so a blank image is each digit with the same probability.
/// assert!(probs.iter().all(|prob| (prob - 0.1).abs() < 1e-6));
/// # Ok::<(), inkling_engine::experiment::ExperimentErrors>(())
/// ```
#[derive(Debug, Clone)]
pub struct Model {
    layers: Vec<CheckedLayer>,
    params: Vec<ParamRange>,
    weights: Vec<f32>,
    version: u64,
    penalties: Penalties,
    shrinking: Option<Shrinking>,
    loss: Loss,
    input_shape: Shape,
    n_outputs: usize,
    seed: u64,
    /// What a sample's loss counts in training, by its label; empty if all count alike.
    class_weight: Vec<f32>,
}

impl Model {
    /// The network of an experiment, with the weights that its seed gives.
    #[must_use]
    pub fn new(checked: &CheckedExperiment) -> Model {
        let layers = checked.layers().to_vec();
        let training = &checked.experiment().training;
        let mut params = Vec::with_capacity(layers.len());
        let mut start = 0;
        for layer in &layers {
            params.push(layer.param_range(start));
            start += layer.n_params();
        }
        let seed = checked.experiment().seed;
        let mut weights = vec![0.0; start];
        initialize(&layers, &params, seed, &mut weights);
        checked.experiment().data.initialize(&layers, &params, &mut weights);
        Model {
            penalties: Penalties::new(&layers, &params, training.regularization),
            shrinking: Shrinking::new(&params, training.regularization),
            n_outputs: layers.last().map_or(0, |layer| layer.output_shape.size()),
            input_shape: checked.input_shape(),
            loss: training.loss,
            version: next_version(),
            layers,
            params,
            weights,
            seed,
            class_weight: checked.class_weight().map_or_else(Vec::new, ClassWeight::factors),
        }
    }

    /// The layers, without their weights.
    #[must_use]
    pub fn layers(&self) -> &[CheckedLayer] {
        &self.layers
    }

    /// Where each layer's weights lie in [`weights`](Model::weights).
    #[must_use]
    pub fn param_ranges(&self) -> &[ParamRange] {
        &self.params
    }

    /// Numbers that the network keeps, those that are not trainable included.
    #[must_use]
    pub fn n_params(&self) -> usize {
        self.weights.len()
    }

    /// Shape of one sample that goes in.
    #[must_use]
    pub fn input_shape(&self) -> Shape {
        self.input_shape
    }

    /// Numbers that come out for one sample.
    #[must_use]
    pub fn n_outputs(&self) -> usize {
        self.n_outputs
    }

    /// The loss that the network is trained for.
    #[must_use]
    pub fn loss(&self) -> Loss {
        self.loss
    }

    /// All weights, layer by layer.
    #[must_use]
    pub fn weights(&self) -> &[f32] {
        &self.weights
    }

    /// All weights, to be changed.
    pub fn weights_mut(&mut self) -> &mut [f32] {
        self.version = next_version();
        &mut self.weights
    }

    /// Takes over all weights.
    ///
    /// # Panics
    /// If there are not [`n_params`](Model::n_params) of them.
    pub fn set_weights(&mut self, weights: &[f32]) {
        assert_eq!(weights.len(), self.weights.len(), "weights of a network");
        self.weights_mut().copy_from_slice(weights);
    }

    /// A layer's kernel; `None` for layers without one.
    #[must_use]
    pub fn kernel(&self, layer_idx: usize) -> Option<KernelView<'_>> {
        let (layer, params) = (self.layers.get(layer_idx)?, self.params.get(layer_idx)?);
        KernelView::new(&layer.kernel_shape(), &self.weights[params.kernel()])
    }

    /// Gamma, beta and moving statistics of a layer; `None` for layers without them.
    #[must_use]
    pub fn normalization(&self, layer_idx: usize) -> Option<NormalizationView<'_>> {
        let params = self.params.get(layer_idx).filter(|params| params.n_normalized > 0)?;
        NormalizationView::new(&self.weights[params.bias().end..params.all().end])
    }

    /// A layer's bias, `[units]` or `[filters]`; `None` for layers without one.
    #[must_use]
    pub fn bias(&self, layer_idx: usize) -> Option<ArrayView1<'_, f32>> {
        let params = self.params.get(layer_idx).filter(|params| params.n_bias > 0)?;
        Some(ArrayView1::from(&self.weights[params.bias()]))
    }

    /// What the penalties add to the mean loss of a batch of `n_batch`.
    #[must_use]
    pub fn penalty(&self, n_batch: usize) -> f64 {
        self.penalties.value(&self.weights, n_batch)
    }

    /// Adds the penalties' gradient to that of the mean loss of a batch of `n_batch`.
    ///
    /// # Panics
    /// If there are not as many gradients as weights.
    pub fn add_penalty_gradient(&self, n_batch: usize, gradients: &mut [f32]) {
        assert_eq!(gradients.len(), self.weights.len(), "gradients of a network");
        self.penalties.add_gradient(&self.weights, n_batch, gradients);
    }

    /// How kernels shrink after an update, if they do.
    pub(crate) fn shrinking(&self) -> Option<&Shrinking> {
        self.shrinking.as_ref()
    }

    /// Shrinks the kernels after an update that they had `before`; see [`Shrinking::apply`].
    pub(crate) fn shrink(&mut self, before: &[f32], learning_rate: f64, frozen: &[bool], dead: &mut [bool]) {
        if let Some(shrinking) = &self.shrinking {
            shrinking.apply(before, &mut self.weights, learning_rate, frozen, dead);
            self.version = next_version();
        }
    }

    /// The outputs (probabilities, where the network ends so) of the samples `x`.
    ///
    /// # Shapes
    /// x `[n, input]`, result `[n, n_outputs]`.
    ///
    /// # Panics
    /// If `x` is not a whole number of samples.
    #[must_use]
    pub fn predict(&self, workspace: &mut Workspace, x: &[f32]) -> Array2<f32> {
        let mut outputs = self.flat_logits(workspace, x);
        workspace.head.activate(&mut outputs);
        self.output_rows(outputs)
    }

    /// The outputs before the last activation.
    ///
    /// # Shapes
    /// As [`predict`](Model::predict).
    ///
    /// # Panics
    /// As `predict`.
    #[must_use]
    pub fn logits(&self, workspace: &mut Workspace, x: &[f32]) -> Array2<f32> {
        let logits = self.flat_logits(workspace, x);
        self.output_rows(logits)
    }

    fn flat_logits(&self, workspace: &mut Workspace, x: &[f32]) -> Vec<f32> {
        let input_len = self.input_shape.size();
        assert!(x.len().is_multiple_of(input_len), "{} numbers are no samples of {input_len}", x.len());
        let mut logits = Vec::with_capacity(x.len() / input_len * self.n_outputs);
        for x in x.chunks(SHARD_SIZE * input_len) {
            workspace.pipeline.forward(self, x, x.len() / input_len, None);
            logits.extend_from_slice(workspace.pipeline.logits(x));
        }
        logits
    }

    /// Outputs of samples, `[n, n_outputs]`.
    fn output_rows(&self, outputs: Vec<f32>) -> Array2<f32> {
        array([outputs.len() / self.n_outputs.max(1), self.n_outputs], outputs)
    }

    /// Loss and hits of a shard; overwrites `gradients` by the gradients of the **sum** of its samples' losses,
    /// without penalties, so that shards add up. Dropout is at work, by the shard's place in the epoch, and losses are
    /// multiplied by the weights of their classes.
    ///
    /// # Panics
    /// If the shard's samples are not of this network's shape, or `gradients` not of the weights' length.
    pub fn shard_gradient(&self, workspace: &mut Workspace, shard: &Shard<'_>, gradients: &mut [f32]) -> ShardResult {
        let head = shard.head();
        assert_eq!(head.input_len, self.input_shape.size(), "numbers in a sample of a shard");
        assert_eq!(gradients.len(), self.weights.len(), "gradients of a network");
        workspace.samples.load_shard(shard, workspace.pipeline.accepts_sparse());
        self.samples_gradient(workspace, head.epoch, head.first, gradients)
    }

    /// As [`shard_gradient`](Model::shard_gradient), for samples that need not travel: those at `sample_idxs`, whose
    /// place in the epoch is `first`. The same bits come out.
    ///
    /// # Panics
    /// As `shard_gradient`.
    pub fn dataset_gradient(
        &self,
        workspace: &mut Workspace,
        dataset: &Dataset,
        sample_idxs: &[u32],
        (epoch, first): (usize, usize),
        gradients: &mut [f32],
    ) -> ShardResult {
        assert_eq!(dataset.input_len(), self.input_shape.size(), "numbers in a sample of a data set");
        assert_eq!(gradients.len(), self.weights.len(), "gradients of a network");
        workspace.samples.load(dataset, sample_idxs, Some(epoch), workspace.pipeline.accepts_sparse());
        self.samples_gradient(workspace, epoch, first, gradients)
    }

    fn samples_gradient(
        &self,
        workspace: &mut Workspace,
        epoch: usize,
        first: usize,
        gradients: &mut [f32],
    ) -> ShardResult {
        let Workspace { pipeline, head, samples, .. } = workspace;
        let key = Key::new(self.seed, Purpose::Dropout).with(epoch as u64);
        pipeline.forward_samples(self, samples, Some(TrainingPass { key, first }));
        let (logits, dlogits) = pipeline.loss_buffers(&samples.x);
        let result = head.evaluate_weighted(logits, samples.target(), &self.class_weight, dlogits);
        pipeline.backward(&samples.x, gradients, None, |_, _| {});
        result
    }

    /// Loss (without penalties) and hits of up to [`SHARD_SIZE`] samples, outside of training. Appends the outputs before
    /// the last activation to `logits`, `[n, n_outputs]`; [`predicted_class`] says which class they mean.
    ///
    /// # Panics
    /// If there are too many samples, or the data set is not of this network's shape.
    pub fn evaluate_samples(
        &self,
        workspace: &mut Workspace,
        dataset: &Dataset,
        sample_idxs: &[u32],
        logits: &mut Vec<f32>,
    ) -> ShardResult {
        assert!(sample_idxs.len() <= SHARD_SIZE, "{} samples are more than a shard", sample_idxs.len());
        assert_eq!(dataset.input_len(), self.input_shape.size(), "numbers in a sample of a data set");
        workspace.samples.load(dataset, sample_idxs, None, workspace.pipeline.accepts_sparse());
        self.evaluate_loaded(workspace, logits)
    }

    /// As [`evaluate_samples`](Model::evaluate_samples), for samples that have travelled.
    ///
    /// # Panics
    /// If the shard's samples are not of this network's shape.
    pub fn evaluate_shard(&self, workspace: &mut Workspace, shard: &Shard<'_>, logits: &mut Vec<f32>) -> ShardResult {
        assert_eq!(shard.head().input_len, self.input_shape.size(), "numbers in a sample of a shard");
        workspace.samples.load_shard(shard, workspace.pipeline.accepts_sparse());
        self.evaluate_loaded(workspace, logits)
    }

    fn evaluate_loaded(&self, workspace: &mut Workspace, logits: &mut Vec<f32>) -> ShardResult {
        let Workspace { pipeline, head, samples, .. } = workspace;
        pipeline.forward_samples(self, samples, None);
        let (outputs, dlogits) = pipeline.loss_buffers(&samples.x);
        logits.extend_from_slice(outputs);
        head.evaluate(outputs, samples.target(), dlogits)
    }

    /// Which state of the weights this is, among those of all models.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }
}

/// The class that a sample's outputs mean, before or after the last activation: the index of the largest; with one output 1
/// if it is above 0, so that it has to be the logit.
#[must_use]
pub fn predicted_class(outputs: &[f32]) -> u8 {
    match outputs {
        [output] => u8::from(*output > 0.0),
        outputs => loss::argmax(outputs) as u8,
    }
}

fn next_version() -> u64 {
    NEXT_VERSION.fetch_add(1, Ordering::Relaxed)
}
