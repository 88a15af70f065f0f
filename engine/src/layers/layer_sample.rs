//! One sample on its way through a layer: what explanations are made from.

use super::{KernelView, NormalizationView};
use crate::experiment::CheckedLayer;
use crate::explain::{CellIndex, Region};
use ndarray::{ArrayView1, ArrayView2, ArrayView3, ArrayView4};

/// One sample on its way through a layer.
///
/// # Shapes
/// Input and output `[height, width, channels]`, a vector as `[1, 1, n]`; kernel, bias and normalization are `None`
/// for layers without them.
#[derive(Debug, Clone, Copy)]
pub struct LayerSample<'a> {
    /// The layer.
    pub layer: &'a CheckedLayer,
    /// What goes in.
    pub input: ArrayView3<'a, f32>,
    /// The layer's kernel.
    pub kernel: Option<KernelView<'a>>,
    /// The layer's bias, `[units]` or `[filters]`.
    pub bias: Option<ArrayView1<'a, f32>>,
    /// Gamma, beta and moving statistics of the layer, if it normalizes.
    pub normalization: Option<NormalizationView<'a>>,
    /// What comes out, as the engine has computed it.
    pub output: ArrayView3<'a, f32>,
    /// How many of a Dense layer's contributions are listed on each side; the rest are summed.
    pub n_largest: usize,
}

impl<'a> LayerSample<'a> {
    /// Asserts that the numbers are those of the layer.
    pub(crate) fn assert_fits(&self) {
        let LayerSample { layer, input, kernel, bias, output, .. } = self;
        assert_eq!(input.shape(), layer.input_shape.dims(), "input of {}", layer.name);
        assert_eq!(output.shape(), layer.output_shape.dims(), "output of {}", layer.name);
        assert_eq!(kernel.map_or(0, |kernel| kernel.by_unit().len()), layer.n_kernel, "kernel of {}", layer.name);
        assert_eq!(bias.map_or(0, |bias| bias.len()), layer.n_bias, "bias of {}", layer.name);
    }

    /// Kernel `[inputs, units]` and bias `[units]` of a Dense layer.
    pub(super) fn dense_params(&self) -> (ArrayView2<'a, f32>, ArrayView1<'a, f32>) {
        match (self.kernel, self.bias) {
            (Some(KernelView::Dense(kernel)), Some(bias)) => (kernel, bias),
            _ => panic!("{} without the weights of a Dense layer", self.layer.name),
        }
    }

    /// Kernel `[kernel_h, kernel_w, in_channels, filters]` and bias `[filters]` of a Conv2D layer.
    pub(super) fn conv2d_params(&self) -> (ArrayView4<'a, f32>, ArrayView1<'a, f32>) {
        match (self.kernel, self.bias) {
            (Some(KernelView::Conv2D(kernel)), Some(bias)) => (kernel, bias),
            _ => panic!("{} without the weights of a Conv2D layer", self.layer.name),
        }
    }

    /// Gamma, beta and moving statistics of a layer that normalizes.
    pub(super) fn normalization(&self) -> NormalizationView<'a> {
        self.normalization.unwrap_or_else(|| panic!("{} without the numbers of a normalization", self.layer.name))
    }

    /// The output at a cell.
    ///
    /// # Panics
    /// If there is no such cell.
    pub(super) fn output_at(&self, cell: CellIndex) -> f32 {
        self.output[[cell.row, cell.column, cell.channel]]
    }

    /// The numbers of one input channel under a window, row by row: `None` where there is padding.
    pub(super) fn window_values(&self, window: Region, channel: usize) -> impl Iterator<Item = Option<f32>> {
        window.cells().map(move |(row, column)| {
            let (row, column) = (usize::try_from(row).ok()?, usize::try_from(column).ok()?);
            self.input.get([row, column, channel]).copied()
        })
    }
}
