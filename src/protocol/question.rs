//! Questions about the inside of the present network, and their answers.
//!
//! All are asked about the present subject (drawing or image) and the present weights. A newer question of the same
//! kind takes the place of an older one that is still being worked on.

use super::{ImageSet, LayerValues};
use inkling_engine::explain::{CellArithmetic, CellIndex, Histogram, LogitContributions, ReceptiveField, Statistics};
use serde::{Deserialize, Serialize};

/// What the page wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// What a number of a layer's output is made of, and what it sees.
    Cell {
        /// Index into the network.
        layer_idx: usize,
        /// Which number.
        cell: CellIndex,
    },
    /// A layer's kernel and bias.
    Weights {
        /// Index into the network.
        layer_idx: usize,
        /// Of what.
        kind: WeightKind,
    },
    /// How a layer's weights, activations and gradients are spread.
    Histograms {
        /// Index into the network.
        layer_idx: usize,
    },
    /// The logits as sums over the last layer's inputs.
    Contributions,
    /// Which pixels speak for a class: gradient × input, and what covering them costs.
    Saliency {
        /// In `0..10`.
        class: usize,
    },
    /// The gradient of the loss at every layer, for a class as the right answer.
    Gradients {
        /// In `0..10`.
        class: u8,
    },
    /// What one training step on the subject alone would do, with a class as the right answer.
    TrialStep {
        /// In `0..10`.
        class: u8,
    },
    /// The test images that excite a unit or a channel most.
    TopSamples {
        /// Index into the network.
        layer_idx: usize,
        /// Map or unit.
        channel: usize,
    },
    /// An input that excites a unit or a channel, found by gradient ascent.
    ActivationMaximization {
        /// Index into the network.
        layer_idx: usize,
        /// Map or unit.
        channel: usize,
    },
    /// What silencing each unit or filter of a layer does to the accuracy.
    Ablation {
        /// Index into the network.
        layer_idx: usize,
    },
    /// What the present network reads in every image of a set, whatever it learns meanwhile.
    Predictions {
        /// Which.
        set: ImageSet,
    },
    /// What the network says of the subject, without and with the edits by hand that can be taken back.
    Comparison,
    /// How many test images it recognises, without and with those edits.
    Score,
}

/// Which numbers of a kernel are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WeightKind {
    /// The weights themselves.
    Values,
    /// The gradient of the last step, or of the subject before any step.
    Gradients,
    /// What has changed since the start of the run.
    Change,
}

/// What the worker found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// To [`Question::Cell`].
    Cell {
        /// As asked.
        layer_idx: usize,
        /// As asked.
        cell: CellIndex,
        /// The numbers.
        arithmetic: Box<CellArithmetic>,
        /// What the cell sees of the input and of each layer's output before it, from the input on.
        fields: Vec<ReceptiveField>,
    },
    /// To [`Question::Weights`].
    Weights {
        /// As asked.
        layer_idx: usize,
        /// As asked.
        kind: WeightKind,
        /// `[inputs, units]` or `[kernel_h, kernel_w, in_channels, filters]`.
        kernel_shape: Vec<usize>,
        /// bulk: the kernel, then the bias.
        #[serde(skip)]
        values: Vec<f32>,
    },
    /// To [`Question::Histograms`].
    Histograms {
        /// As asked.
        layer_idx: usize,
        /// Of the kernel, if the layer has one.
        weights: Option<Spread>,
        /// Of the layer's output for the subject.
        activations: Spread,
        /// Of the kernel's gradient, if the layer has one.
        gradients: Option<Spread>,
    },
    /// To [`Question::Contributions`]: one per class; empty if the network does not end in a Dense layer.
    Contributions(Vec<LogitContributions>),
    /// To [`Question::Saliency`], again and again until all places are covered.
    Saliency {
        /// As asked.
        class: usize,
        /// Places covered so far, and in all.
        progress: (usize, usize),
        /// bulk: gradient × input, then the loss of logit where a patch is covered; 28×28 each.
        #[serde(skip)]
        values: Vec<f32>,
    },
    /// To [`Question::Gradients`].
    Gradients {
        /// As asked.
        class: u8,
        /// The loss for that class.
        loss: f64,
        /// The outputs before the last activation.
        logits: Vec<f32>,
        /// The outputs.
        probs: Vec<f32>,
        /// Where each layer's gradient lies in `values`.
        layers: Vec<LayerValues>,
        /// bulk: the layers' gradients.
        #[serde(skip)]
        values: Vec<f32>,
    },
    /// To [`Question::TrialStep`].
    TrialStep {
        /// As asked.
        class: u8,
        /// The class's probability and the loss before the step.
        before: ClassLoss,
        /// The same after it.
        after: ClassLoss,
        /// The biases of the layer that makes the logits; empty without such a layer.
        biases: Vec<TrialWeight>,
    },
    /// To [`Question::TopSamples`], again and again until the test set is through.
    TopSamples {
        /// As asked.
        layer_idx: usize,
        /// As asked.
        channel: usize,
        /// The images, the most exciting first.
        samples: Vec<TopImage>,
        /// Images looked at, and in all.
        progress: (usize, usize),
        /// bulk: their pixels, 28×28 each.
        #[serde(skip)]
        values: Vec<f32>,
    },
    /// To [`Question::ActivationMaximization`], again and again until its last step.
    ActivationMaximization {
        /// As asked.
        layer_idx: usize,
        /// As asked.
        channel: usize,
        /// Step and excitation of each picture.
        snapshots: Vec<(usize, f32)>,
        /// Steps done, and in all.
        progress: (usize, usize),
        /// bulk: the pictures, 28×28 each.
        #[serde(skip)]
        values: Vec<f32>,
    },
    /// To [`Question::Ablation`], again and again until all units are through.
    Ablation {
        /// As asked.
        layer_idx: usize,
        /// Accuracy with all units.
        accuracy: f64,
        /// Accuracy without each of the units done so far.
        without: Vec<f64>,
        /// Units that were silent on every image.
        dead: Vec<usize>,
        /// Units in all.
        n_units: usize,
    },
    /// To [`Question::Predictions`], again and again until the set is through; the event's `n_steps` are those of the network
    /// that reads.
    Predictions {
        /// As asked.
        set: ImageSet,
        /// Images in all.
        n_total: usize,
        /// bulk: the digit that is read in each of the first images, as many as are done.
        #[serde(skip)]
        digits: Vec<u8>,
    },
    /// To [`Question::Comparison`].
    Comparison {
        /// The outputs without the edits; `None` where there is no edit.
        before: Option<Vec<f32>>,
        /// The present outputs.
        after: Vec<f32>,
    },
    /// To [`Question::Score`], and to each [`Command::EditWeights`](super::Command::EditWeights), again and again until all
    /// images are through.
    Score {
        /// Without the edits; `None` where there is no edit, or not yet.
        before: Option<Score>,
        /// The present network; `None`: not yet.
        after: Option<Score>,
        /// Images done, and in all.
        progress: (usize, usize),
    },
    /// The question does not fit the network, for the screen.
    Refused(String),
}

/// Figures and histogram of many numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Least, largest, mean and more.
    pub statistics: Statistics,
    /// Counts per bin.
    pub histogram: Histogram,
}

/// How well a network reads one image.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClassLoss {
    /// Probability of the right answer.
    pub prob: f32,
    /// Its loss.
    pub loss: f64,
}

/// A weight before and after a step, and the gradient that moved it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TrialWeight {
    /// Before the step.
    pub before: f32,
    /// By how much the loss rises with it.
    pub gradient: f32,
    /// After the step.
    pub after: f32,
}

/// How many of the judged test images were recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Images recognised, by their label.
    pub n_right: Vec<u32>,
    /// Images in all, by their label.
    pub n_images: Vec<u32>,
}

impl Score {
    /// Share recognised of the images of a class; `None` where there are none.
    #[must_use]
    pub fn of_class(&self, class: usize) -> Option<f64> {
        share(*self.n_right.get(class)?, *self.n_images.get(class)?)
    }

    /// Share recognised of all images; `None` where there are none.
    #[must_use]
    pub fn accuracy(&self) -> Option<f64> {
        share(self.n_right.iter().sum(), self.n_images.iter().sum())
    }
}

fn share(n_right: u32, n_images: u32) -> Option<f64> {
    (n_images > 0).then(|| f64::from(n_right) / f64::from(n_images))
}

/// A test image that excites a unit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TopImage {
    /// Index in the test set.
    pub sample_idx: usize,
    /// Its label.
    pub label: u8,
    /// The unit's, or the channel's largest output.
    pub value: f32,
    /// Where in the map.
    pub cell: CellIndex,
}

impl Answer {
    /// The bulk numbers, if this answer has any.
    pub(super) fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        match self {
            Answer::Weights { values, .. }
            | Answer::Saliency { values, .. }
            | Answer::Gradients { values, .. }
            | Answer::TopSamples { values, .. }
            | Answer::ActivationMaximization { values, .. } => Some(values),
            Answer::Cell { .. }
            | Answer::Histograms { .. }
            | Answer::Contributions(_)
            | Answer::Ablation { .. }
            | Answer::TrialStep { .. }
            | Answer::Predictions { .. }
            | Answer::Comparison { .. }
            | Answer::Score { .. }
            | Answer::Refused(_) => None,
        }
    }

    /// The bulk bytes, if this answer has any.
    pub(super) fn bytes_mut(&mut self) -> Option<&mut Vec<u8>> {
        match self {
            Answer::Predictions { digits, .. } => Some(digits),
            _ => None,
        }
    }
}
