//! MaxPooling2D: the largest value of each window.

use super::pooling::{self, POOL_SIZE};
use super::{Layer, LayerErrors, LayerFamily, LayerKind, LayerSample, LayerSite, LayerWork, TrainingPass};
use crate::experiment::{Activation, Shape};
use crate::explain::{CellArithmetic, CellIndex, ReceptiveField, Region};
use crate::field::{FieldMut, help_text};
use crate::kernels::pooling as kernels;
use serde::{Deserialize, Serialize};

/// Its window: `valid`, strides equal to the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MaxPooling2DConfig {
    /// `[height, width]` of the window; rows and columns that fill no window are dropped.
    pub pool_size: [usize; 2],
}

impl MaxPooling2DConfig {
    /// Windows of that `[height, width]`.
    #[must_use]
    pub fn new(pool_size: [usize; 2]) -> MaxPooling2DConfig {
        MaxPooling2DConfig { pool_size }
    }

    fn arithmetic(&self, sample: &LayerSample<'_>, cell: CellIndex) -> MaxPoolingArithmetic {
        let (window, values) = pooling::window(self.pool_size, sample, cell);
        let winner = (1..values.len()).fold(0, |winner, i| if values[i] > values[winner] { i } else { winner });
        MaxPoolingArithmetic { window, values, winner, result: sample.output_at(cell) }
    }
}

impl Default for MaxPooling2DConfig {
    fn default() -> MaxPooling2DConfig {
        MaxPooling2DConfig::new([2, 2])
    }
}

/// `result = values[winner]`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MaxPoolingArithmetic {
    /// Where the window lies in the layer's input.
    pub window: Region,
    /// Its numbers, `[pool_h · pool_w]`.
    pub values: Vec<f32>,
    /// Index into `values` of the largest, on a tie of the first: the one that would get the gradient.
    pub winner: usize,
    /// The largest.
    pub result: f32,
}

impl LayerKind for MaxPooling2DConfig {
    fn type_name(&self) -> &'static str {
        "MaxPooling2D"
    }

    fn name_stem(&self) -> &'static str {
        "max_pooling2d"
    }

    fn help(&self) -> &'static str {
        help_text(
            "Keeps the largest value of each window. The maps shrink, and what was found may shift a little without being lost. Rows and columns that fill no window are dropped.",
        )
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

impl LayerWork for MaxPooling2DConfig {
    fn build(&self, site: &LayerSite<'_>, _activation: Activation) -> Box<dyn Layer> {
        Box::new(MaxPooling2D::new(self, site.checked.input_shape))
    }

    fn explain(&self, sample: &LayerSample<'_>, cell: CellIndex) -> CellArithmetic {
        CellArithmetic::MaxPooling2D(self.arithmetic(sample, cell))
    }
}

/// Largest value of each window.
#[derive(Debug)]
struct MaxPooling2D {
    input: [usize; 3],
    pool_size: [usize; 2],
    /// The cell of each window that won.
    winners: Vec<u16>,
}

impl MaxPooling2D {
    /// A layer of these sizes.
    fn new(config: &MaxPooling2DConfig, input: Shape) -> MaxPooling2D {
        MaxPooling2D { input: input.dims(), pool_size: config.pool_size, winners: vec![] }
    }
}

impl Layer for MaxPooling2D {
    fn forward(&mut self, x: &[f32], _weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        self.winners.resize(y.len(), 0);
        kernels::max_pool_forward(x, self.input, self.pool_size, y, &mut self.winners);
    }

    fn backward(&mut self, _x: &[f32], _y: &[f32], dy: &mut [f32], _gradients: &mut [f32], dx: Option<&mut [f32]>) {
        if let Some(dx) = dx {
            kernels::max_pool_backward(dy, &self.winners, self.input, self.pool_size, dx);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::testing::*;

    #[test]
    fn first_of_equal_numbers_wins() {
        let filled = Filled {
            layer: layer(max_pooling([2, 2]), image(3, 2, 1)),
            input: vec![1.0, 4.0, 4.0, 2.0, 9.0, 9.0],
            kernel: vec![],
            bias: vec![],
            output: vec![4.0],
        };
        let pooling = MaxPooling2DConfig::new([2, 2]).arithmetic(&filled.sample(0), CellIndex::unit(0));
        assert_eq!((pooling.values, pooling.winner), (vec![1.0, 4.0, 4.0, 2.0], 1));
        assert_eq!(pooling.window, Region { top: 0, left: 0, bottom: 2, right: 2 });
    }
}
