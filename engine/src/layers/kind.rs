//! What a kind of layer is, and what it does.

use super::{Layer, LayerSample, ParamRange, ParamShapes};
use crate::experiment::{
    Activation, CheckedLayer, Initializer, Place, Regularizer, Shape, ValidationErrors, thousands,
};
use crate::explain::{CellArithmetic, CellIndex, ReceptiveField};
use crate::field::FieldMut;
use std::fmt::{Debug, Display};

/// The name of the field that a layer's errors about its input carry.
pub const INPUT_FIELD: &str = "input";

/// What a kind of layer is. The config of each kind implements it in the kind's own file.
pub trait LayerKind: Debug {
    /// Keras' class name: `Conv2D`.
    fn type_name(&self) -> &'static str;

    /// The stem from which Keras makes a layer's name: `conv2d`, then `conv2d_1`.
    fn name_stem(&self) -> &'static str;

    /// What the layer does, in a few sentences for somebody who meets it for the first time.
    fn help(&self) -> &'static str;

    /// Which layers it resembles.
    fn family(&self) -> LayerFamily;

    /// Its hyperparameters, in the order of their editors.
    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![]
    }

    /// Shape of one sample that comes out; notes what is wrong with the input. `None` if no shape can be told.
    fn output_shape(&self, input: Shape, errors: &mut LayerErrors<'_>) -> Option<Shape>;

    /// Kernel and bias, for a layer that has them. Sizes saturate.
    fn params(&self, _input: Shape) -> Option<ParamShapes> {
        None
    }

    /// The activation that the layer ends with, if it is of a kind that has one.
    fn activation(&self) -> Option<Activation> {
        None
    }

    /// How the kernel begins, for a layer that has one.
    fn kernel_initializer(&self) -> Option<Initializer> {
        None
    }

    /// The penalty on its kernel alone.
    fn kernel_regularizer(&self) -> Option<Regularizer> {
        None
    }

    /// What a part of the output sees of the input.
    fn input_field(&self, input: Shape, output: ReceptiveField) -> ReceptiveField;
}

/// What a kind of layer does. Apart from [`LayerKind`], so that a page that only describes networks need not hold the
/// program that runs them.
pub trait LayerWork: LayerKind {
    /// The layer at work, with `activation` in the place of its own.
    fn build(&self, site: &LayerSite<'_>, activation: Activation) -> Box<dyn Layer>;

    /// This layer and the next one as one, where that is faster; the next one's output is then the only one.
    fn build_fused(&self, _site: &LayerSite<'_>, _next: &CheckedLayer) -> Option<Box<dyn Layer>> {
        None
    }

    /// What one number of the output is made of.
    fn explain(&self, sample: &LayerSample<'_>, cell: CellIndex) -> CellArithmetic;
}

/// Layers that do similar things: they look alike on the page and belong to the same part of a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerFamily {
    /// Weighted sums of all inputs: makes a vector.
    Dense,
    /// Weighted sums of patches of an image.
    Convolution,
    /// Summaries of windows of an image, without weights.
    Pooling,
    /// The same numbers in another shape: an image becomes a vector.
    Reshaping,
    /// One number out for one number in, each in its place.
    Elementwise,
}

impl LayerFamily {
    /// Whether such a layer works on images.
    #[must_use]
    pub fn takes_images(self) -> bool {
        matches!(self, LayerFamily::Convolution | LayerFamily::Pooling | LayerFamily::Reshaping)
    }
}

/// A layer at its place in a network.
#[derive(Debug, Clone, Copy)]
pub struct LayerSite<'a> {
    /// Index into the network.
    pub layer_idx: usize,
    /// Its shapes.
    pub checked: &'a CheckedLayer,
    /// Its place in the model's weights.
    pub params: ParamRange,
}

/// The errors of one layer.
#[derive(Debug)]
pub struct LayerErrors<'a> {
    errors: &'a mut ValidationErrors,
    layer_idx: usize,
    layer_type: &'static str,
}

impl<'a> LayerErrors<'a> {
    pub(crate) fn new(errors: &'a mut ValidationErrors, layer_idx: usize, layer_type: &'static str) -> LayerErrors<'a> {
        LayerErrors { errors, layer_idx, layer_type }
    }

    fn place(&self, field: &'static str) -> Place {
        Place::Layer { layer_idx: self.layer_idx, layer_type: self.layer_type, field }
    }

    /// Notes an error in a field.
    pub(crate) fn add(&mut self, field: &'static str, expected: impl Into<String>, got: impl Display) {
        self.errors.add(self.place(field), expected, got);
    }

    /// Notes every field that is out of its range.
    pub(crate) fn add_fields(&mut self, fields: &[FieldMut<'_>]) {
        for field in fields {
            let Some((expected, got)) = field.fault() else { continue };
            match field.words().field_and_part() {
                (name, None) => self.add(name, expected, got),
                (name, Some(part)) => self.errors.add_part(self.place(name), part, &expected, got),
            }
        }
    }

    /// Height, width and channels of an input that has to be an image.
    pub(crate) fn image(&mut self, input: Shape) -> Option<[usize; 3]> {
        if let Shape::Vector(n) = input {
            self.add(INPUT_FIELD, "an image (height×width×channels)", format!("a vector of {}", thousands(n)));
            return None;
        }
        Some(input.dims())
    }

    /// Notes a window that is larger than the input.
    pub(crate) fn window(
        &mut self,
        field: &'static str,
        window: [usize; 2],
        [height, width]: [usize; 2],
    ) -> Option<()> {
        let fits = window[0] <= height && window[1] <= width;
        // A window beyond all bounds has been named already.
        if !fits && window.iter().all(|side| super::SIDES.contains(*side)) {
            self.add(field, format!("at most the input's {height}×{width}"), format!("{}×{}", window[0], window[1]));
        }
        fits.then_some(())
    }
}
