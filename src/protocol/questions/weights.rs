//! A layer's kernel and bias.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// What are the weights of a layer?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Weights {
    /// Index into the network.
    pub layer_idx: usize,
    /// Of what.
    pub kind: WeightKind,
}

/// Kernel and bias of a layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightsAnswer {
    /// `[inputs, units]` or `[kernel_h, kernel_w, in_channels, filters]`.
    pub kernel_shape: Vec<usize>,
    /// bulk: the kernel, then the bias.
    #[serde(skip)]
    pub values: Vec<f32>,
}

impl Question for Weights {
    type Answer = WeightsAnswer;
    const IS_KEPT: bool = true;
}

impl Answer for WeightsAnswer {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        Some(&mut self.values)
    }
}

/// Which numbers of a kernel are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WeightKind {
    /// The weights themselves.
    Values,
    /// The gradient of the last step; zeros before the first.
    Gradients,
    /// What has changed since the start of the run.
    Change,
}
