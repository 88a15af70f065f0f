//! A look at one image's way through the network.

use super::{RunId, Subject, as_bytes};
use inkling_engine::experiment::Shape;
use inkling_engine::explain::{CellArithmetic, CellIndex, ReceptiveField};
use inkling_engine::model::LayerOutput;
use ndarray::ArrayView3;
use serde::{Deserialize, Serialize};

/// One image's way through the network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inspection {
    /// The run whose network it is.
    pub run: RunId,
    /// Updates that the network had seen.
    pub n_steps: usize,
    /// The image.
    pub subject: Subject,
    /// For a drawing, which one.
    pub revision: u32,
    /// The image's label, if it has one.
    pub label: Option<u8>,
    /// The network's output: probabilities of the classes.
    pub probs: Vec<f32>,
    /// The layers that were asked for, in order.
    pub layers: Vec<LayerValues>,
    /// What the pinned number is made of, if one is pinned.
    #[serde(with = "as_bytes")]
    pub pinned: Option<PinnedCell>,
    /// Distance from the images that the network knows, in units of the largest one that is usual: above 1 the image is unlike
    /// them. `None` before the network was asked for its [`Calibration`](crate::protocol::questions::Calibration).
    pub unfamiliarity: Option<f32>,
    /// bulk: the input, then the layers' values, each `[height, width, channels]`.
    #[serde(skip)]
    pub values: Vec<f32>,
}

/// Where a layer's values lie in a message's bulk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerValues {
    /// Index into the network.
    pub layer_idx: usize,
    /// Shape of the values.
    pub shape: Shape,
    /// Offset of the first.
    pub start: usize,
}

impl LayerValues {
    /// Appends a layer's values to a bulk; `shape` is the layer's.
    #[must_use]
    pub fn pack(output: &LayerOutput, shape: Shape, bulk: &mut Vec<f32>) -> LayerValues {
        let start = bulk.len();
        bulk.extend_from_slice(output.as_slice());
        LayerValues { layer_idx: output.layer_idx, shape, start }
    }

    /// The values in their bulk, `[height, width, channels]`; `None` if the message was cut.
    #[must_use]
    pub fn view<'a>(&self, bulk: &'a [f32]) -> Option<ArrayView3<'a, f32>> {
        let values = bulk.get(self.start..self.start.checked_add(self.shape.size())?)?;
        ArrayView3::from_shape(self.shape.dims(), values).ok()
    }
}

impl Inspection {
    /// The values of a layer, `[height, width, channels]`; `None` if it was not asked for, or the message was cut.
    #[must_use]
    pub fn layer(&self, layer_idx: usize) -> Option<ArrayView3<'_, f32>> {
        self.layers.iter().find(|layer| layer.layer_idx == layer_idx)?.view(&self.values)
    }

    /// The input; empty if the message was cut.
    #[must_use]
    pub fn input(&self) -> &[f32] {
        let n_inputs = self.layers.first().map_or(self.values.len(), |layer| layer.start);
        self.values.get(..n_inputs).unwrap_or_default()
    }
}

/// One number of a layer's output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LayerCell {
    /// Index into the network.
    pub layer_idx: usize,
    /// Which number.
    pub cell: CellIndex,
}

/// What the pinned number is made of, and what it sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PinnedCell {
    /// Which number.
    pub at: LayerCell,
    /// The terms, their sum and the activation.
    pub arithmetic: Box<CellArithmetic>,
    /// What the cell sees of the input and of each layer's output before it, from the input on.
    pub fields: Vec<ReceptiveField>,
}
