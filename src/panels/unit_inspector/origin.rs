//! Where an input of a layer comes from, in words.
//!
//! Maps, rows and columns are counted from 1, as in the rest of the page; units of a vector from 0, because those of
//! the output are digits.

use inkling_engine::experiment::{CheckedLayer, Shape};
use inkling_engine::explain::{CellIndex, SourceImage};

/// A cell within a layer: `channel 3, row 5, column 8`, or `unit 7`.
#[must_use]
pub fn cell_text(cell: CellIndex, shape: Shape) -> String {
    match shape {
        Shape::Vector(_) => format!("unit {}", cell.channel),
        Shape::Image { channels: 1, .. } => format!("row {}, column {}", cell.row, cell.column),
        Shape::Image { .. } => {
            format!("channel {}, row {}, column {}", cell.channel, cell.row, cell.column)
        }
    }
}

/// Where an input of a layer comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The layer whose output it is; `None`: the network's input.
    pub layer_idx: Option<usize>,
    /// Which number of that.
    pub cell: CellIndex,
    /// The layer's name, or `input`.
    pub layer_name: String,
    /// The cell in words: `channel 5, row 1, column 2`.
    pub place: String,
}

impl Origin {
    /// The origin of a number of the input of layer `layer_idx`; after a Flatten that is the map that was flattened.
    /// `None` if there is no such layer or number.
    #[must_use]
    pub fn of_input(layers: &[CheckedLayer], layer_idx: usize, input_idx: usize) -> Option<Origin> {
        let layer = layers.get(layer_idx)?;
        let source = SourceImage::of(layers, layer_idx)
            .unwrap_or(SourceImage { layer_idx: layer_idx.checked_sub(1), shape: layer.input_shape });
        Some(Origin::new(layers, source.layer_idx, source.shape, source.cell(input_idx).ok()?))
    }

    /// A cell of the input of layer `layer_idx`; `None` if there is no such layer.
    #[must_use]
    pub fn before(layers: &[CheckedLayer], layer_idx: usize, cell: CellIndex) -> Option<Origin> {
        let layer = layers.get(layer_idx)?;
        Some(Origin::new(layers, layer_idx.checked_sub(1), layer.input_shape, cell))
    }

    fn new(layers: &[CheckedLayer], layer_idx: Option<usize>, shape: Shape, cell: CellIndex) -> Origin {
        let layer = layer_idx.and_then(|layer_idx| layers.get(layer_idx));
        let layer_name = layer.map_or_else(|| "input".to_owned(), |layer| layer.name.clone());
        Origin { layer_idx, cell, layer_name, place: cell_text(cell, shape) }
    }

    /// Both in words: `max_pooling2d_1, channel 5, row 1, column 2`.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}, {}", self.layer_name, self.place)
    }
}

/// What a layer's input is called: the layer before it, or `input`.
#[must_use]
pub fn input_name(layers: &[CheckedLayer], layer_idx: usize) -> String {
    layer_idx
        .checked_sub(1)
        .and_then(|before_idx| layers.get(before_idx))
        .map_or_else(|| "input".to_owned(), |before| before.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::experiment::Preset;

    fn cell(row: usize, column: usize, channel: usize) -> CellIndex {
        CellIndex { row, column, channel }
    }

    #[test]
    fn inputs_of_a_dense_layer_are_named_by_their_map() {
        let checked = Preset::LessonCnn.experiment().check().unwrap_or_else(|errors| panic!("{errors}"));
        let layers = checked.layers();
        let dense_idx = layers.len() - 1;
        let origin = Origin::of_input(layers, dense_idx, 64 + 4);
        assert_eq!(origin.map(|origin| origin.text()).as_deref(), Some("max_pooling2d_1, channel 4, row 0, column 1"));
        assert_eq!(Origin::of_input(layers, dense_idx, 1_600), None);
        let pixel = Origin::before(layers, 0, cell(3, 4, 0)).map(|origin| origin.text());
        assert_eq!(pixel.as_deref(), Some("input, row 3, column 4"));
        assert_eq!((input_name(layers, 0), input_name(layers, 1)), ("input".to_owned(), "conv2d".to_owned()));
    }
}
