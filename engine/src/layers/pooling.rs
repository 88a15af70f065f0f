//! What both pooling layers share: the window, and its numbers.

use super::{LayerErrors, LayerSample, SIDES};
use crate::experiment::Shape;
use crate::explain::{CellIndex, Region, Windows};
use crate::field::{CountRange, FieldSpec};

/// The window's field.
pub(super) const POOL_SIZE: FieldSpec<CountRange> =
    FieldSpec::new("pool_size", "pool size", "Height × width of the window of which one value is kept.", SIDES)
        .pair(["window height", "window width"]);

/// Strides equal to the window; rows and columns that fill no window are dropped (Keras' `valid`).
pub(super) fn output_shape(pool_size: [usize; 2], input: Shape, errors: &mut LayerErrors<'_>) -> Option<Shape> {
    let [height, width, channels] = errors.image(input)?;
    let [pool_h, pool_w] = pool_size;
    errors.window(POOL_SIZE.words.name, pool_size, [height, width])?;
    (pool_h > 0 && pool_w > 0).then(|| Shape::Image { height: height / pool_h, width: width / pool_w, channels })
}

/// How the cells look at the input.
pub(super) fn windows(pool_size: [usize; 2]) -> Windows {
    Windows { size: pool_size, strides: pool_size, before: [0, 0] }
}

/// The window of a cell and its numbers, row by row.
pub(super) fn window(pool_size: [usize; 2], sample: &LayerSample<'_>, cell: CellIndex) -> (Region, Vec<f32>) {
    let window = windows(pool_size).of_cell(cell);
    (window, sample.window_values(window, cell.channel).flatten().collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use crate::explain::testing::*;
    use crate::explain::{CellArithmetic, CellIndex, cell_arithmetic};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_make_the_result(
            (pool_h, pool_w) in (1..4_usize, 1..4_usize),
            (extra_h, extra_w) in (0..5_usize, 0..5_usize),
            channels in 1..4_usize,
            is_max in any::<bool>(),
            seed in any::<u32>(),
        ) {
            let config = if is_max { max_pooling([pool_h, pool_w]) } else { average_pooling([pool_h, pool_w]) };
            let filled = filled(config, image(pool_h + extra_h, pool_w + extra_w, channels), seed.into());
            for (output_idx, expected) in filled.output.iter().enumerate() {
                let cell = CellIndex::from_flat(output_idx, filled.layer.output_shape).unwrap();
                match cell_arithmetic(&filled.sample(0), cell).unwrap() {
                    CellArithmetic::MaxPooling2D(pooling) => {
                        prop_assert_eq!(pooling.values.len(), pool_h * pool_w);
                        prop_assert_eq!(pooling.values[pooling.winner], *expected);
                        prop_assert_eq!(pooling.result, *expected);
                    }
                    CellArithmetic::AveragePooling2D(pooling) => {
                        assert_close(pooling.values.iter().sum(), pooling.sum, (pool_h * pool_w) as f32);
                        assert_close(pooling.sum / (pool_h * pool_w) as f32, *expected, 1.0);
                        prop_assert_eq!(pooling.result, *expected);
                    }
                    other => panic!("not a pooling: {other:?}"),
                }
            }
        }
    }
}
