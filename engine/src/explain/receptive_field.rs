//! Which part of each earlier layer, and of the image, a cell can see.

use super::{CellIndex, ExplainError, Region};
use crate::experiment::{CheckedLayer, Shape};
use serde::{Deserialize, Serialize};

/// What a cell sees of one layer's input: the smallest rectangle that holds it all. With strides larger than the
/// kernel there are cells between that it does not see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceptiveField {
    /// The part inside the image, and the only part whose values matter. It can be smaller than what lies of
    /// [`unclipped`](Self::unclipped) inside: padding between two layers sees nothing, nor do rows that pooling drops.
    pub clipped: Region,
    /// As if no layer had a border. Saturates at the limits of `i32`.
    pub unclipped: Region,
    /// The only channel seen, or all of them.
    pub channel: Option<usize>,
}

/// The receptive fields of a cell of layer `layer_idx`: item `i` is the one in the input of layer `i`, up to
/// `i = layer_idx`. So item 0 is in the network's input, item `i` in the output of layer `i - 1`.
///
/// A window of size `k` and stride `s` at output cells `a..b` sees the input cells `a·s − p .. (b − 1)·s − p + k`, with
/// `p` zeros before the input (0 for `valid` and pooling). Dense sees all of its input, softmax all channels of its
/// cell; Flatten, Dropout and other activations see one number. In vectors the rectangles are `1 × 1` and the channel
/// is the unit.
///
/// # Errors
/// If there is no such layer or no such cell in it.
pub fn receptive_fields(
    layers: &[CheckedLayer],
    layer_idx: usize,
    cell: CellIndex,
) -> Result<Vec<ReceptiveField>, ExplainError> {
    ExplainError::check_index("layer", layer_idx, layers.len())?;
    cell.to_flat(layers[layer_idx].output_shape)?;
    let mut field = ReceptiveField::of_cell(cell);
    let mut fields: Vec<_> = layers[..=layer_idx]
        .iter()
        .rev()
        .map(|layer| {
            field = layer.config.kind().input_field(layer.input_shape, field);
            field
        })
        .collect();
    fields.reverse();
    Ok(fields)
}

impl ReceptiveField {
    /// One cell.
    pub(crate) fn of_cell(cell: CellIndex) -> ReceptiveField {
        let region = Region::cell(cell.row, cell.column);
        ReceptiveField { clipped: region, unclipped: region, channel: Some(cell.channel) }
    }

    /// Everything there is, in all channels.
    pub(crate) fn whole(shape: Shape) -> ReceptiveField {
        let [height, width, _] = shape.dims();
        let whole = Region::whole(height, width);
        ReceptiveField { clipped: whole, unclipped: whole, channel: None }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::testing::*;
    use super::*;
    use crate::experiment::{Activation, LayerConfig, Padding};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn region(top: i32, left: i32, bottom: i32, right: i32) -> Region {
        Region { top, left, bottom, right }
    }

    #[test]
    fn last_maps_of_the_lesson_see_ten_pixels_across() {
        let cell = CellIndex { row: 4, column: 0, channel: 7 };
        let fields = receptive_fields(&lesson_cnn(), 3, cell).unwrap();
        assert_eq!(fields[3].clipped, region(8, 0, 10, 2));
        assert_eq!(fields[2].clipped, region(8, 0, 12, 4));
        assert_eq!(fields[1].clipped, region(16, 0, 24, 8));
        assert_eq!(fields[0].clipped, region(16, 0, 26, 10));
        assert!(fields.iter().all(|field| field.clipped == field.unclipped));
        let channels: Vec<_> = fields.iter().map(|field| field.channel).collect();
        assert_eq!(channels, [None, None, None, Some(7)]);
    }

    #[test]
    fn padding_is_seen_only_unclipped() {
        let conv2d = conv2d(2, [3, 3], [1, 1], Padding::Same, Activation::Relu);
        let layers = network(image(6, 6, 1), [conv2d.clone(), conv2d]);
        let fields = receptive_fields(&layers, 1, CellIndex { row: 0, column: 5, channel: 0 }).unwrap();
        assert_eq!(fields[0].unclipped, region(-2, 3, 3, 8));
        assert_eq!(fields[0].clipped, region(0, 3, 3, 6));
    }

    #[test]
    fn rows_that_pooling_drops_are_not_seen_through_padding() {
        let conv2d = conv2d(1, [3, 3], [1, 1], Padding::Same, Activation::Relu);
        let layers = network(image(5, 5, 1), [max_pooling([2, 2]), conv2d]);
        let fields = receptive_fields(&layers, 1, CellIndex { row: 1, column: 1, channel: 0 }).unwrap();
        assert_eq!(fields[0].unclipped, region(0, 0, 6, 6));
        assert_eq!(fields[0].clipped, region(0, 0, 4, 4));
    }

    #[test]
    fn flatten_sees_one_cell_dense_sees_everything() {
        let layers = lesson_cnn();
        let fields = receptive_fields(&layers, 5, CellIndex::unit(64 + 3)).unwrap();
        assert_eq!((fields[4].clipped, fields[4].channel), (region(0, 1, 1, 2), Some(3)));
        assert_eq!(fields[0].clipped, region(0, 4, 10, 14));
        let fields = receptive_fields(&layers, 6, CellIndex::unit(0)).unwrap();
        assert_eq!((fields[4].clipped, fields[4].channel), (region(0, 0, 5, 5), None));
        // 11 rows make 5 windows of 2: no logit of the lesson's CNN depends on the last two rows and columns of pixels.
        assert_eq!((fields[0].clipped, fields[0].channel), (region(0, 0, 26, 26), None));
    }

    #[test]
    fn unknown_layers_and_cells_are_errors() {
        let layers = lesson_cnn();
        assert!(receptive_fields(&layers, 7, CellIndex::unit(0)).is_err());
        assert!(receptive_fields(&layers, 3, CellIndex { row: 5, column: 0, channel: 0 }).is_err());
        assert!(receptive_fields(&layers, 6, CellIndex::unit(10)).is_err());
    }

    #[test]
    fn many_strides_saturate() {
        let conv2d = conv2d(1, [28, 28], [28, 28], Padding::Same, Activation::Relu);
        let layers = network(image(28, 28, 1), vec![conv2d; 12]);
        let fields = receptive_fields(&layers, 11, CellIndex::unit(0)).unwrap();
        assert_eq!(fields[0].clipped, region(0, 0, 28, 28));
        assert!(fields[0].unclipped.top < -1_000_000);
    }

    /// Rows that each output row of a layer sees, by trying all offsets.
    fn rows_seen(layer: &CheckedLayer, outputs: &BTreeSet<usize>) -> BTreeSet<usize> {
        let (height, out_h) = (layer.input_shape.dims()[0], layer.output_shape.dims()[0]);
        let (size, stride, before) = match &layer.config {
            LayerConfig::Conv2D(conv2d) => {
                let (k, s) = (conv2d.kernel_size[0], conv2d.strides[0]);
                let total = match conv2d.padding {
                    Padding::Valid => 0,
                    Padding::Same => ((out_h - 1) * s + k).saturating_sub(height),
                };
                (k, s, total / 2)
            }
            LayerConfig::MaxPooling2D(pooling) => (pooling.pool_size[0], pooling.pool_size[0], 0),
            _ => (1, 1, 0),
        };
        let sees = |row: usize| outputs.iter().any(|r| (0..size).any(|k| r * stride + k == row + before));
        (0..height).filter(|row| sees(*row)).collect()
    }

    fn any_layer() -> impl Strategy<Value = LayerConfig> {
        let padding = prop_oneof![Just(Padding::Valid), Just(Padding::Same)];
        prop_oneof![
            (1..4_usize, 1..4_usize, padding).prop_map(|(k, s, padding)| conv2d(
                1,
                [k, k],
                [s, s],
                padding,
                Activation::Relu
            )),
            (1..3_usize).prop_map(|p| max_pooling([p, p])),
            Just(dropout()),
            Just(activation(Activation::Tanh)),
        ]
    }

    proptest! {
        #[test]
        fn clipped_field_is_the_hull_of_the_rows_seen(configs in prop::collection::vec(any_layer(), 1..5)) {
            let mut layers: Vec<CheckedLayer> = vec![];
            for config in configs {
                let shape = layers.last().map_or(image(20, 20, 1), |layer| layer.output_shape);
                if shape.dims()[0] >= 3 {
                    layers.push(layer(config, shape));
                }
            }
            let last = layers.len() - 1;
            for row in 0..layers[last].output_shape.dims()[0] {
                let fields = receptive_fields(&layers, last, CellIndex { row, column: row, channel: 0 }).unwrap();
                let mut rows = BTreeSet::from([row]);
                for (layer, field) in layers.iter().zip(&fields).rev() {
                    rows = rows_seen(layer, &rows);
                    let (first, behind) = (*rows.first().unwrap() as i32, *rows.last().unwrap() as i32 + 1);
                    prop_assert_eq!(field.clipped, region(first, first, behind, behind));
                    prop_assert!(field.unclipped.top <= first && field.unclipped.bottom >= behind);
                }
            }
        }
    }
}
