//! One cell of a pooling layer.

use super::super::region::{Region, Windows};
use super::{CellIndex, window_values};
use crate::experiment::{PoolingConfig, Shape};
use serde::{Deserialize, Serialize};

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

pub(super) fn max(
    input_shape: Shape,
    config: &PoolingConfig,
    input: &[f32],
    cell: CellIndex,
    result: f32,
) -> MaxPoolingArithmetic {
    let (window, values) = window(input_shape, config, input, cell);
    let winner = (1..values.len()).fold(0, |winner, i| if values[i] > values[winner] { i } else { winner });
    MaxPoolingArithmetic { window, values, winner, result }
}

pub(super) fn average(
    input_shape: Shape,
    config: &PoolingConfig,
    input: &[f32],
    cell: CellIndex,
    result: f32,
) -> AveragePoolingArithmetic {
    let (window, values) = window(input_shape, config, input, cell);
    let sum = values.iter().map(|value| f64::from(*value)).sum::<f64>() as f32;
    AveragePoolingArithmetic { window, values, sum, result }
}

fn window(input_shape: Shape, config: &PoolingConfig, input: &[f32], cell: CellIndex) -> (Region, Vec<f32>) {
    let window = Windows::of_pooling(config).input_region(Region::cell(cell.row, cell.column));
    (window, window_values(input_shape, window, input, cell.channel).flatten().collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::super::testing::*;
    use super::super::{CellArithmetic, cell_arithmetic};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn first_of_equal_numbers_wins() {
        let config = PoolingConfig { pool_size: [2, 2] };
        let cell = CellIndex { row: 0, column: 0, channel: 0 };
        let pooling = max(image(3, 2, 1), &config, &[1.0, 4.0, 4.0, 2.0, 9.0, 9.0], cell, 4.0);
        assert_eq!((pooling.values, pooling.winner), (vec![1.0, 4.0, 4.0, 2.0], 1));
        assert_eq!(pooling.window, Region { top: 0, left: 0, bottom: 2, right: 2 });
    }

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
            let Filled { layer, input, output, .. } = filled;
            for (output_idx, expected) in output.iter().enumerate() {
                let cell = CellIndex::from_flat(output_idx, layer.output_shape).unwrap();
                match cell_arithmetic(&layer, &input, &[], &[], &output, cell, 0).unwrap() {
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
