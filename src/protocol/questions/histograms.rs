//! How a layer's numbers are spread.

use super::{Answer, Question};
use inkling_engine::explain::{Histogram, Statistics};
use serde::{Deserialize, Serialize};

/// How are a layer's weights, activations and gradients spread?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Histograms {
    /// Index into the network.
    pub layer_idx: usize,
}

/// Up to three histograms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistogramsAnswer {
    /// Of the kernel, if the layer has one.
    pub weights: Option<Spread>,
    /// Of the layer's output for the subject.
    pub activations: Spread,
    /// Of the kernel's gradient, if the layer has one.
    pub gradients: Option<Spread>,
}

impl Question for Histograms {
    type Answer = HistogramsAnswer;
    const IS_KEPT: bool = true;
}

impl Answer for HistogramsAnswer {}

/// Figures and histogram of many numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Least, largest, mean and more.
    pub statistics: Statistics,
    /// Counts per bin.
    pub histogram: Histogram,
}
