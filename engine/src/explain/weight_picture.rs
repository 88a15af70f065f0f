//! Kernels as pictures.

use super::{ExplainError, SourceImage, value_range};
use crate::arrays;
use crate::experiment::CheckedLayer;
use crate::layers::KernelView;
use ndarray::{Array2, ArrayView3, CowArray, Ix2, s};
use serde::{Deserialize, Serialize};

/// Which picture of a layer's kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum WeightView {
    /// Dense behind a Flatten: a unit's weights where its inputs stood in one channel of the image. On pixels, that is
    /// 28×28.
    Unit {
        /// Which unit.
        unit: usize,
        /// Channel of the image; 0 for pixels.
        channel: usize,
    },
    /// Any Dense: all weights, a row for each unit, a column for each input.
    Matrix,
    /// Conv2D: what a filter does to one input channel, `[kernel_h, kernel_w]`.
    Slice {
        /// Channel of the input.
        in_channel: usize,
        /// Which filter.
        filter: usize,
    },
    /// Conv2D: length `sqrt(Σ w²)` of every slice, a row for each filter, a column for each input channel.
    SliceNorms,
}

/// A picture of the kernel of `layer`. `source` is the image that the layer's inputs come from, needed for
/// [`WeightView::Unit`].
///
/// # Errors
/// If the layer has no such picture.
///
/// # Panics
/// If `source` has another size than the layer's input.
pub fn weight_picture<'a>(
    layer: &CheckedLayer,
    source: Option<&SourceImage>,
    kernel: KernelView<'a>,
    view: WeightView,
) -> Result<CowArray<'a, f32, Ix2>, ExplainError> {
    match (kernel, view) {
        (KernelView::Dense(kernel), WeightView::Unit { unit, channel }) => {
            let source = source.ok_or_else(|| ExplainError::new(&layer.name, "an image before it", "none"))?;
            let [height, width, channels] = source.shape.dims();
            ExplainError::check_index("unit", unit, kernel.ncols())?;
            ExplainError::check_index("channel", channel, channels)?;
            let kernel = arrays::view([height, width, channels, kernel.ncols()], kernel.to_slice().unwrap_or_default());
            Ok(kernel.slice_move(s![.., .., channel, unit]).into())
        }
        (KernelView::Dense(kernel), WeightView::Matrix) => Ok(kernel.reversed_axes().into()),
        (KernelView::Conv2D(kernel), WeightView::Slice { in_channel, filter }) => {
            let (_, _, n_inputs, filters) = kernel.dim();
            ExplainError::check_index("in_channel", in_channel, n_inputs)?;
            ExplainError::check_index("filter", filter, filters)?;
            Ok(kernel.slice_move(s![.., .., in_channel, filter]).into())
        }
        (KernelView::Conv2D(kernel), WeightView::SliceNorms) => {
            // Place by place, as the kernel lies in memory: there may be a million weights.
            let (_, _, n_inputs, filters) = kernel.dim();
            let mut squares = Array2::zeros([n_inputs, filters]);
            for weights in kernel.outer_iter().flat_map(ArrayView3::into_outer_iter) {
                squares.zip_mut_with(&weights, |sum: &mut f64, weight| *sum += f64::from(*weight).powi(2));
            }
            Ok(squares.mapv(|sum| sum.sqrt() as f32).reversed_axes().into())
        }
        (KernelView::Conv2D(_), WeightView::Unit { .. } | WeightView::Matrix) => {
            Err(ExplainError::new(&layer.name, "a Dense layer", layer.config.type_name()))
        }
        (KernelView::Dense(_), WeightView::Slice { .. } | WeightView::SliceNorms) => {
            Err(ExplainError::new(&layer.name, "a Conv2D layer", layer.config.type_name()))
        }
    }
}

/// The lesson's one scale for all pictures of a layer: smallest and largest weight, both halved, so that the weights
/// beyond are drawn in the colours of the ends. `None` if no weight is finite.
#[must_use]
pub fn lesson_scale<'a>(weights: impl IntoIterator<Item = &'a f32>) -> Option<[f32; 2]> {
    value_range(weights).map(|range| range.map(|end| end / 2.0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::testing::*;
    use super::*;
    use crate::experiment::{Activation, Padding, Shape};
    use proptest::prelude::*;

    #[test]
    fn unit_on_pixels_is_a_column_of_the_kernel() {
        let filled = filled(dense(40, Activation::Relu), Shape::Vector(784), 1);
        let source = SourceImage { layer_idx: None, shape: image(28, 28, 1) };
        let view = WeightView::Unit { unit: 7, channel: 0 };
        let picture = weight_picture(&filled.layer, Some(&source), filled.kernel(), view).unwrap();
        assert_eq!(picture.dim(), (28, 28));
        assert!((0..784).all(|pixel| picture[[pixel / 28, pixel % 28]] == filled.kernel[pixel * 40 + 7]));
        assert!(weight_picture(&filled.layer, None, filled.kernel(), view).is_err());
    }

    #[test]
    fn wrong_questions_are_errors() {
        let filled = filled(conv2d(2, [3, 3], [1, 1], Padding::Valid, Activation::Relu), image(5, 5, 1), 1);
        let ask = |view| weight_picture(&filled.layer, None, filled.kernel(), view).unwrap_err().to_string();
        assert_eq!(ask(WeightView::Matrix), "conv2d: expected a Dense layer, got Conv2D");
        assert_eq!(ask(WeightView::Slice { in_channel: 1, filter: 0 }), "in_channel: expected an index below 1, got 1");
        assert_eq!(ask(WeightView::Slice { in_channel: 0, filter: 2 }), "filter: expected an index below 2, got 2");
    }

    #[test]
    fn lesson_halves_both_ends() {
        assert_eq!(lesson_scale(&[0.5, -0.25, 0.125]), Some([-0.125, 0.25]));
        assert_eq!(lesson_scale(&[f32::NAN]), None);
    }

    proptest! {
        #[test]
        fn pictures_hold_the_weights_of_their_place(
            (height, width, channels, units) in (1..5_usize, 1..5_usize, 1..4_usize, 1..4_usize),
            seed in any::<u32>(),
        ) {
            let source = SourceImage { layer_idx: None, shape: image(height, width, channels) };
            let dense = filled(dense(units, Activation::Relu), Shape::Vector(height * width * channels), seed.into());
            let matrix = weight_picture(&dense.layer, None, dense.kernel(), WeightView::Matrix).unwrap();
            let config = conv2d(units, [height, width], [1, 1], Padding::Valid, Activation::Relu);
            let conv2d = filled(config, image(height, width, channels), seed.into());
            let norms = weight_picture(&conv2d.layer, None, conv2d.kernel(), WeightView::SliceNorms).unwrap();
            prop_assert_eq!(norms.dim(), (units, channels));
            for unit in 0..units {
                for channel in 0..channels {
                    let view = WeightView::Unit { unit, channel };
                    let picture = weight_picture(&dense.layer, Some(&source), dense.kernel(), view).unwrap();
                    let view = WeightView::Slice { in_channel: channel, filter: unit };
                    let slice = weight_picture(&conv2d.layer, None, conv2d.kernel(), view).unwrap();
                    prop_assert_eq!(slice.dim(), (height, width));
                    for place in 0..height * width {
                        let input_idx = place * channels + channel;
                        let weight = dense.kernel[input_idx * units + unit];
                        prop_assert_eq!(picture[[place / width, place % width]], weight);
                        prop_assert_eq!(matrix[[unit, input_idx]], weight);
                        // The kernel covers the image, so a Conv2D kernel lies in memory as the Dense one does.
                        prop_assert_eq!(slice[[place / width, place % width]], conv2d.kernel[input_idx * units + unit]);
                    }
                    let norm = slice.iter().map(|w| w * w).sum::<f32>().sqrt();
                    assert_close(norms[[unit, channel]], norm, norm);
                }
            }
        }
    }
}
