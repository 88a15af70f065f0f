//! Flatten: the numbers stay in their order, only the shape changes.

use super::{Layer, LayerErrors, LayerFamily, LayerKind, LayerSample, LayerSite, LayerWork, TrainingPass};
use crate::experiment::{Activation, Shape};
use crate::explain::{CellArithmetic, CellIndex, ReceptiveField};
use crate::field::help_text;
use serde::Serialize;

/// Flatten has no hyperparameters.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct FlattenConfig {}

impl LayerKind for FlattenConfig {
    fn type_name(&self) -> &'static str {
        "Flatten"
    }

    fn name_stem(&self) -> &'static str {
        "flatten"
    }

    fn help(&self) -> &'static str {
        help_text(
            "Writes all maps one after the other as a single row of numbers, because a Dense layer knows no rows and columns.",
        )
    }

    fn family(&self) -> LayerFamily {
        LayerFamily::Reshaping
    }

    fn output_shape(&self, input: Shape, _errors: &mut LayerErrors<'_>) -> Option<Shape> {
        Some(Shape::Vector(input.size()))
    }

    fn input_field(&self, input: Shape, output: ReceptiveField) -> ReceptiveField {
        match output.channel.map(|unit| CellIndex::from_flat(unit, input)) {
            Some(Ok(cell)) => ReceptiveField::of_cell(cell),
            _ => ReceptiveField::whole(input),
        }
    }
}

impl LayerWork for FlattenConfig {
    fn build(&self, _site: &LayerSite<'_>, _activation: Activation) -> Box<dyn Layer> {
        Box::new(Flatten)
    }

    fn explain(&self, sample: &LayerSample<'_>, cell: CellIndex) -> CellArithmetic {
        let (_, width, channels) = sample.input.dim();
        let (place, channel) = (cell.channel / channels, cell.channel % channels);
        let origin = CellIndex { row: place / width, column: place % width, channel };
        CellArithmetic::Same { origin, result: sample.output_at(cell) }
    }
}

/// Passes on what it is given.
#[derive(Debug)]
struct Flatten;

impl Layer for Flatten {
    fn forward(&mut self, x: &[f32], _weights: &[f32], _training: Option<TrainingPass>, y: &mut [f32]) {
        y.copy_from_slice(x);
    }

    fn backward(&mut self, _x: &[f32], _y: &[f32], dy: &mut [f32], _gradients: &mut [f32], dx: Option<&mut [f32]>) {
        if let Some(dx) = dx {
            dx.copy_from_slice(dy);
        }
    }
}
