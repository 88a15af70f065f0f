//! Where a layer's weights lie in the flat vector of all weights.

use super::super::ExplainError;
use crate::experiment::CheckedLayer;

/// The weights of a Dense or Conv2D layer in the flat vector, where layers follow in order, each its kernel, then its
/// bias. The kernel is seen as a matrix `[n_rows, n_units]`, a unit of Conv2D being a filter.
#[derive(Debug, Clone)]
pub(super) struct LayerParams<'a> {
    layer: &'a CheckedLayer,
    start: usize,
}

impl<'a> LayerParams<'a> {
    /// Of layer `layer_idx`.
    ///
    /// # Errors
    /// If there is no such layer, or it has no weights.
    pub fn of(layers: &'a [CheckedLayer], layer_idx: usize) -> Result<Self, ExplainError> {
        let layer = &layers[ExplainError::check_index("layer", layer_idx, layers.len())?];
        if layer.n_kernel == 0 {
            return Err(ExplainError::new(&layer.name, "a layer with weights", layer.config.type_name()));
        }
        Ok(LayerParams { layer, start: layers[..layer_idx].iter().map(CheckedLayer::n_params).sum() })
    }

    /// All weights.
    pub fn all(&self) -> impl Iterator<Item = usize> + use<> {
        self.start..self.start + self.layer.n_params()
    }

    /// One number of the kernel.
    pub fn weight(&self, row: usize, unit: usize) -> Result<usize, ExplainError> {
        let row = self.check("row", row, self.layer.n_kernel / self.n_units())?;
        Ok(self.start + row * self.n_units() + self.check_unit(unit)?)
    }

    /// One number of the bias.
    pub fn bias(&self, unit: usize) -> Result<usize, ExplainError> {
        Ok(self.start + self.layer.n_kernel + self.check_unit(unit)?)
    }

    /// Kernel column and bias of a unit.
    pub fn unit(&self, unit: usize) -> Result<impl Iterator<Item = usize> + use<>, ExplainError> {
        let bias = self.bias(unit)?;
        Ok((self.start + unit..self.start + self.layer.n_kernel).step_by(self.n_units()).chain([bias]))
    }

    /// Weights from one input channel to one filter of a Conv2D layer, row by row; of Dense, where each input is a
    /// channel, a single one.
    pub fn slice(
        &self,
        in_channel: usize,
        filter: usize,
    ) -> Result<impl ExactSizeIterator<Item = usize> + use<>, ExplainError> {
        let in_channels = self.layer.input_shape.dims()[2];
        let in_channel = self.check("in_channel", in_channel, in_channels)?;
        let first = self.start + in_channel * self.n_units() + self.check_unit(filter)?;
        Ok((first..self.start + self.layer.n_kernel).step_by(in_channels * self.n_units()))
    }

    /// `place` in this layer, for an error.
    pub fn place(&self, place: &str) -> String {
        format!("{} {place}", self.layer.name)
    }

    fn n_units(&self) -> usize {
        self.layer.n_bias
    }

    fn check_unit(&self, unit: usize) -> Result<usize, ExplainError> {
        self.check("unit", unit, self.n_units())
    }

    fn check(&self, place: &str, idx: usize, n: usize) -> Result<usize, ExplainError> {
        ExplainError::check_index(self.place(place), idx, n)
    }
}
