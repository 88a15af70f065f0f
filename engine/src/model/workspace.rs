//! All that a model needs beside its weights while it works: one workspace a thread, made once and reused.

use super::Model;
use super::pipeline::{Detail, Pipeline};
use crate::data::{Dataset, Inputs, Shard, Targets};
use crate::experiment::Activation;
use crate::kernels::{SparseRows, vector};
use crate::layers::MAX_DENSITY;
use crate::losses::{LossHead, Target};

/// Scratch of a model: the numbers between layers, packed weights, the samples at hand.
///
/// It notices by itself when the model's weights have changed, and belongs to models of one and the same network.
#[derive(Debug)]
pub struct Workspace {
    pub(super) pipeline: Pipeline,
    /// The same network layer by layer; made when first looked into.
    pub(super) every_layer: Option<Pipeline>,
    pub(super) head: LossHead,
    pub(super) samples: Samples,
    /// Gradients of weights that nobody asked for.
    pub(super) unused: Vec<f32>,
}

/// Samples unpacked into numbers.
#[derive(Debug, Default)]
pub(super) struct Samples {
    pub(super) n: usize,
    /// All numbers, or nothing of worth while `has_entries`.
    pub(super) x: Vec<f32>,
    /// Those that are not zero.
    pub(super) entries: SparseRows,
    pub(super) has_entries: bool,
    /// Scratch: the images at hand.
    pixels: Vec<u8>,
    labels: Vec<u8>,
    values: Vec<f32>,
    has_labels: bool,
}

impl Workspace {
    /// Room for work with `model`, or any other of the same network.
    #[must_use]
    pub fn new(model: &Model) -> Workspace {
        let activation = model.layers().last().and_then(|layer| layer.activation()).unwrap_or(Activation::Linear);
        Workspace {
            pipeline: Pipeline::new(model, Detail::Fast),
            every_layer: None,
            head: LossHead::new(model.loss(), activation, model.n_outputs()),
            samples: Samples::default(),
            unused: vec![],
        }
    }

    /// Fixes what the Dropout at `layer_idx` multiplies its inputs by in training, sample by sample of a shard (or of
    /// the longest one); `None` makes it random again. For comparisons with other libraries, whose random numbers are
    /// others.
    pub fn set_dropout_factors(&mut self, layer_idx: usize, factors: Option<Vec<f32>>) {
        self.pipeline.set_dropout_factors(layer_idx, factors);
    }
}

impl Samples {
    /// Unpacks a shard; mostly empty pixels as entries, if these are wanted.
    pub(super) fn load_shard(&mut self, shard: &Shard<'_>, accepts_sparse: bool) {
        let head = shard.head();
        self.n = head.n_samples;
        if head.is_pixels {
            self.take_pixels(shard.input_bytes(), head.input_len, accepts_sparse);
        } else {
            self.has_entries = false;
            self.x.resize(head.n_samples * head.input_len, 0.0);
            read_numbers(shard.input_bytes(), &mut self.x);
        }
        self.has_labels = head.n_values.is_none();
        match head.n_values {
            None => {
                self.labels.clear();
                self.labels.extend_from_slice(shard.target_bytes());
            }
            Some(n_values) => {
                self.values.resize(head.n_samples * n_values, 0.0);
                read_numbers(shard.target_bytes(), &mut self.values);
            }
        }
    }

    /// Takes samples out of a data set, as they are or as an epoch (counted from 1) trains on them; mostly empty pixels
    /// as entries, if these are wanted.
    pub(super) fn load(&mut self, dataset: &Dataset, sample_idxs: &[u32], epoch: Option<usize>, accepts_sparse: bool) {
        let input_len = dataset.input_len();
        self.n = sample_idxs.len();
        match dataset.inputs() {
            Inputs::Pixels(_) => {
                // A tight loop has many of the images' cache lines on their way from memory at once; one that works on
                // the pixels would wait for each (a sixth of the time of a small network).
                let mut pixels = std::mem::take(&mut self.pixels);
                pixels.resize(self.n * input_len, 0);
                dataset.gather_pixels(sample_idxs, epoch, &mut pixels);
                self.take_pixels(&pixels, input_len, accepts_sparse);
                self.pixels = pixels;
            }
            Inputs::Numbers(numbers) => {
                self.has_entries = false;
                self.x.resize(self.n * input_len, 0.0);
                vector::gather_rows(numbers, input_len, sample_idxs, &mut self.x);
            }
        }
        self.has_labels = matches!(dataset.targets(), Targets::Labels(_));
        match dataset.targets() {
            Targets::Labels(labels) => {
                self.labels.resize(self.n, 0);
                vector::gather_rows(labels, 1, sample_idxs, &mut self.labels);
            }
            Targets::Values { values, n_outputs } => {
                self.values.resize(self.n * n_outputs, 0.0);
                vector::gather_rows(values, *n_outputs, sample_idxs, &mut self.values);
            }
        }
    }

    fn take_pixels(&mut self, pixels: &[u8], input_len: usize, accepts_sparse: bool) {
        self.has_entries = accepts_sparse && {
            self.entries.fill_pixels(pixels, input_len);
            self.entries.density() <= MAX_DENSITY
        };
        if !self.has_entries {
            self.x.resize(pixels.len(), 0.0);
            vector::scale_pixels(pixels, &mut self.x);
        }
    }

    pub(super) fn target(&self) -> Target<'_> {
        if self.has_labels { Target::Labels(&self.labels) } else { Target::Values(&self.values) }
    }
}

fn read_numbers(bytes: &[u8], numbers: &mut [f32]) {
    let (words, _) = bytes.as_chunks::<4>();
    numbers.iter_mut().zip(words).for_each(|(number, word)| *number = f32::from_le_bytes(*word));
}
