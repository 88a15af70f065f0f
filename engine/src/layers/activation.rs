//! Activation: an activation function as a layer of its own.

use super::{Layer, LayerErrors, LayerFamily, LayerKind, LayerSample, LayerSite, LayerWork, TrainingPass};
use crate::experiment::{Activation, Shape};
use crate::explain::{ActivationStep, CellArithmetic, CellIndex, ReceptiveField};
use crate::field::{ChoiceRange, FieldMut, FieldSpec, help_text};
use crate::kernels::activation;
use ndarray::s;
use serde::Serialize;

const ACTIVATION: FieldSpec<ChoiceRange> = Activation::field(ChoiceRange::ANY);

/// Its function.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActivationConfig {
    /// Which function; softmax needs a vector.
    pub activation: Activation,
}

impl ActivationConfig {
    /// A layer of that function.
    #[must_use]
    pub fn new(activation: Activation) -> ActivationConfig {
        ActivationConfig { activation }
    }
}

impl Default for ActivationConfig {
    fn default() -> ActivationConfig {
        ActivationConfig::new(Activation::Relu)
    }
}

impl LayerKind for ActivationConfig {
    fn type_name(&self) -> &'static str {
        "Activation"
    }

    fn name_stem(&self) -> &'static str {
        "activation"
    }

    fn help(&self) -> &'static str {
        help_text("An activation function as a layer of its own: it changes each value, and has nothing to learn.")
    }

    fn family(&self) -> LayerFamily {
        LayerFamily::Elementwise
    }

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![FieldMut::Choice(&ACTIVATION, &mut self.activation)]
    }

    fn output_shape(&self, input: Shape, errors: &mut LayerErrors<'_>) -> Option<Shape> {
        if matches!(input, Shape::Image { .. }) && self.activation == Activation::Softmax {
            errors.add("activation", NOT_SOFTMAX.expected, "softmax");
        }
        Some(input)
    }

    fn activation(&self) -> Option<Activation> {
        Some(self.activation)
    }

    fn input_field(&self, _input: Shape, output: ReceptiveField) -> ReceptiveField {
        match self.activation {
            Activation::Softmax => ReceptiveField { channel: None, ..output },
            _ => output,
        }
    }
}

impl LayerWork for ActivationConfig {
    fn build(&self, site: &LayerSite<'_>, activation: Activation) -> Box<dyn Layer> {
        Box::new(ActivationLayer { activation, row_len: site.checked.input_shape.dims()[2] })
    }

    fn explain(&self, sample: &LayerSample<'_>, cell: CellIndex) -> CellArithmetic {
        let channels = s![cell.row, cell.column, ..];
        let (x, y) = (sample.input.slice_move(channels), sample.output.slice_move(channels));
        CellArithmetic::Activation(ActivationStep::new(self.activation, x, y, cell.channel))
    }
}

/// For layers whose output can be an image: a softmax would have to know along which axis.
pub(super) const NOT_SOFTMAX: ChoiceRange =
    ChoiceRange { excluded: &[Activation::Softmax.as_str()], expected: "another function: softmax needs a vector" };

/// `y = activation(x)`.
#[derive(Debug)]
struct ActivationLayer {
    activation: Activation,
    /// Length of the last axis, along which softmax works.
    row_len: usize,
}

impl Layer for ActivationLayer {
    fn forward(&mut self, x: &[f32], _weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        y.copy_from_slice(x);
        activation::forward(self.activation, y, self.row_len);
    }

    fn backward(&mut self, _x: &[f32], y: &[f32], dy: &mut [f32], _gradients: &mut [f32], dx: Option<&mut [f32]>) {
        if let Some(dx) = dx {
            dx.copy_from_slice(dy);
            activation::backward(self.activation, y, dx, self.row_len);
        }
    }
}
