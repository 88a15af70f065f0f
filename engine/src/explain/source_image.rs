//! The image that a Flatten made a Dense layer's inputs from.

use super::{CellIndex, ExplainError};
use crate::experiment::{CheckedLayer, Shape};
use crate::layers::LayerFamily;
use serde::{Deserialize, Serialize};

/// The image whose numbers, flattened, are a layer's inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceImage {
    /// The layer whose output it is; `None`: the network's input.
    pub layer_idx: Option<usize>,
    /// Its `height × width × channels`.
    pub shape: Shape,
}

impl SourceImage {
    /// The image that Flatten has made into the input of layer `layer_idx`; Dropout and activations between them keep
    /// every number in its place. `None` if there is another layer between, no Flatten, or no such layer.
    #[must_use]
    pub fn of(layers: &[CheckedLayer], layer_idx: usize) -> Option<Self> {
        let before = layers.get(..layer_idx)?;
        let keeps_places = |layer: &&CheckedLayer| layer.config.kind().family() == LayerFamily::Elementwise;
        let n_between = before.iter().rev().take_while(keeps_places).count();
        let flatten_idx = (before.len() - n_between).checked_sub(1)?;
        let flatten = &before[flatten_idx];
        let is_image = matches!(flatten.input_shape, Shape::Image { .. });
        (flatten.config.kind().family() == LayerFamily::Reshaping && is_image)
            .then(|| SourceImage { layer_idx: flatten_idx.checked_sub(1), shape: flatten.input_shape })
    }

    /// Where input `input_idx` stood in the image.
    ///
    /// # Errors
    /// If the image has fewer numbers.
    pub fn cell(&self, input_idx: usize) -> Result<CellIndex, ExplainError> {
        CellIndex::from_flat(input_idx, self.shape)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::testing::*;
    use super::*;
    use crate::experiment::Activation;
    use crate::experiment::LayerConfig;

    #[test]
    fn lesson_cnn_ends_on_its_second_pooling() {
        let source = SourceImage::of(&lesson_cnn(), 6).unwrap();
        assert_eq!(source, SourceImage { layer_idx: Some(3), shape: image(5, 5, 64) });
        assert_eq!(source.cell(1599).unwrap(), CellIndex { row: 4, column: 4, channel: 63 });
        assert!(source.cell(1600).is_err());
    }

    #[test]
    fn first_dense_of_an_mlp_stands_on_pixels_the_second_does_not() {
        let relu = Activation::Relu;
        let layers = network(image(28, 28, 1), [LayerConfig::FLATTEN, dense(16, relu), dense(10, relu)]);
        assert_eq!(SourceImage::of(&layers, 1), Some(SourceImage { layer_idx: None, shape: image(28, 28, 1) }));
        assert_eq!(SourceImage::of(&layers, 2), None);
        assert_eq!(SourceImage::of(&layers, 0), None);
        assert_eq!(SourceImage::of(&layers, 9), None);
    }

    #[test]
    fn vectors_have_no_image() {
        let layers = network(Shape::Vector(2), [dropout(), dense(4, Activation::Tanh)]);
        assert_eq!(SourceImage::of(&layers, 1), None);
    }
}
