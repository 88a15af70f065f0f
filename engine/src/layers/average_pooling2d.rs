//! AveragePooling2D: the mean of each window.

use super::pooling::{self, POOL_SIZE};
use super::{Layer, LayerErrors, LayerFamily, LayerKind, LayerSample, LayerSite, LayerWork, TrainingPass};
use crate::experiment::{Activation, Shape};
use crate::explain::{CellArithmetic, CellIndex, ReceptiveField, Region};
use crate::field::{FieldMut, help_text};
use crate::kernels::pooling as kernels;
use serde::{Deserialize, Serialize};

/// Its window: `valid`, strides equal to the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AveragePooling2DConfig {
    /// `[height, width]` of the window; rows and columns that fill no window are dropped.
    pub pool_size: [usize; 2],
}

impl AveragePooling2DConfig {
    /// Windows of that `[height, width]`.
    #[must_use]
    pub fn new(pool_size: [usize; 2]) -> AveragePooling2DConfig {
        AveragePooling2DConfig { pool_size }
    }
}

impl Default for AveragePooling2DConfig {
    fn default() -> AveragePooling2DConfig {
        AveragePooling2DConfig::new([2, 2])
    }
}

/// `result = sum / values.len()`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AveragePoolingArithmetic {
    /// Where the window lies in the layer's input.
    pub window: Region,
    /// Its numbers, `[pool_h · pool_w]`.
    pub values: Vec<f32>,
    /// Their sum.
    pub sum: f32,
    /// Their mean.
    pub result: f32,
}

impl AveragePoolingArithmetic {
    /// The mean of a window with these numbers.
    #[must_use]
    pub fn new(window: Region, values: Vec<f32>, result: f32) -> AveragePoolingArithmetic {
        let sum = values.iter().map(|value| f64::from(*value)).sum::<f64>() as f32;
        AveragePoolingArithmetic { window, values, sum, result }
    }
}

impl LayerKind for AveragePooling2DConfig {
    fn type_name(&self) -> &'static str {
        "AveragePooling2D"
    }

    fn name_stem(&self) -> &'static str {
        "average_pooling2d"
    }

    fn help(&self) -> &'static str {
        help_text("Keeps the mean of each window. The maps shrink; everything in the window counts the same.")
    }

    fn family(&self) -> LayerFamily {
        LayerFamily::Pooling
    }

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![FieldMut::Pair(&POOL_SIZE, &mut self.pool_size)]
    }

    fn output_shape(&self, input: Shape, errors: &mut LayerErrors<'_>) -> Option<Shape> {
        pooling::output_shape(self.pool_size, input, errors)
    }

    fn input_field(&self, input: Shape, output: ReceptiveField) -> ReceptiveField {
        let channel = output.channel;
        ReceptiveField { channel, ..pooling::windows(self.pool_size).input_field(input, output) }
    }
}

impl LayerWork for AveragePooling2DConfig {
    fn build(&self, site: &LayerSite<'_>, _activation: Activation) -> Box<dyn Layer> {
        Box::new(AveragePooling2D::new(self.pool_size, site.checked.input_shape))
    }

    fn explain(&self, sample: &LayerSample<'_>, cell: CellIndex) -> CellArithmetic {
        let (window, values) = pooling::window(self.pool_size, sample, cell);
        CellArithmetic::AveragePooling2D(AveragePoolingArithmetic::new(window, values, sample.output_at(cell)))
    }
}

/// Mean of each window.
#[derive(Debug)]
pub(super) struct AveragePooling2D {
    input: [usize; 3],
    pool_size: [usize; 2],
    /// A row of windows.
    scratch: Vec<f32>,
}

impl AveragePooling2D {
    /// A layer of these sizes.
    pub(super) fn new(pool_size: [usize; 2], input: Shape) -> AveragePooling2D {
        AveragePooling2D { input: input.dims(), pool_size, scratch: vec![] }
    }
}

impl Layer for AveragePooling2D {
    fn forward(&mut self, x: &[f32], _weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        kernels::average_pool_forward(x, self.input, self.pool_size, &mut self.scratch, y);
    }

    fn backward(&mut self, _x: &[f32], _y: &[f32], dy: &mut [f32], _gradients: &mut [f32], dx: Option<&mut [f32]>) {
        if let Some(dx) = dx {
            kernels::average_pool_backward(dy, self.input, self.pool_size, &mut self.scratch, dx);
        }
    }
}
