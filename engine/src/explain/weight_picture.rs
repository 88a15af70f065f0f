//! Kernels as pictures.

use super::{ExplainError, SourceImage, value_range};
use crate::experiment::{CheckedLayer, LayerConfig};
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

/// Numbers to be coloured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightPicture {
    /// Rows.
    pub height: usize,
    /// Columns.
    pub width: usize,
    /// `[height · width]`, row by row.
    pub values: Vec<f32>,
}

/// A picture of the kernel of `layer`. `source` is the image that the layer's inputs come from, needed for
/// [`WeightView::Unit`].
///
/// # Errors
/// If the layer has no such picture.
///
/// # Panics
/// If `kernel` isn't as long as the layer says.
pub fn weight_picture(
    layer: &CheckedLayer,
    source: Option<&SourceImage>,
    kernel: &[f32],
    view: WeightView,
) -> Result<WeightPicture, ExplainError> {
    assert_eq!(kernel.len(), layer.n_kernel, "kernel of {}", layer.name);
    let [_, _, n_inputs] = layer.input_shape.dims();
    match (&layer.config, view) {
        (LayerConfig::Dense(config), WeightView::Unit { unit, channel }) => {
            let source = source.ok_or_else(|| ExplainError::new(&layer.name, "an image before it", "none"))?;
            let [height, width, channels] = source.shape.dims();
            ExplainError::check_index("unit", unit, config.units)?;
            ExplainError::check_index("channel", channel, channels)?;
            let weights = kernel.iter().skip(channel * config.units + unit).step_by(channels * config.units);
            Ok(WeightPicture { height, width, values: weights.copied().collect() })
        }
        (LayerConfig::Dense(config), WeightView::Matrix) => {
            let rows = (0..config.units).flat_map(|unit| kernel.iter().skip(unit).step_by(config.units));
            Ok(WeightPicture { height: config.units, width: layer.input_shape.size(), values: rows.copied().collect() })
        }
        (LayerConfig::Conv2D(config), WeightView::Slice { in_channel, filter }) => {
            ExplainError::check_index("in_channel", in_channel, n_inputs)?;
            ExplainError::check_index("filter", filter, config.filters)?;
            let values = slice(kernel, [n_inputs, config.filters], in_channel, filter).collect();
            Ok(WeightPicture { height: config.kernel_size[0], width: config.kernel_size[1], values })
        }
        (LayerConfig::Conv2D(config), WeightView::SliceNorms) => {
            // Place by place, as the kernel lies in memory: there may be a million weights.
            let mut squares = vec![0.0; n_inputs * config.filters];
            for weights in kernel.chunks_exact(squares.len()) {
                squares.iter_mut().zip(weights).for_each(|(sum, w)| *sum += f64::from(*w).powi(2));
            }
            let of_filter = |filter: usize| squares.iter().skip(filter).step_by(config.filters);
            let values = (0..config.filters).flat_map(of_filter).map(|sum| sum.sqrt() as f32).collect();
            Ok(WeightPicture { height: config.filters, width: n_inputs, values })
        }
        (_, WeightView::Unit { .. } | WeightView::Matrix) => {
            Err(ExplainError::new(&layer.name, "a Dense layer", layer.config.type_name()))
        }
        (_, WeightView::Slice { .. } | WeightView::SliceNorms) => {
            Err(ExplainError::new(&layer.name, "a Conv2D layer", layer.config.type_name()))
        }
    }
}

/// The lesson's one scale for all pictures of a layer: smallest and largest weight, both halved, so that the weights
/// beyond are drawn in the colours of the ends. `None` if no weight is finite.
#[must_use]
pub fn lesson_scale(weights: &[f32]) -> Option<[f32; 2]> {
    value_range(weights).map(|range| range.map(|end| end / 2.0))
}

/// The weights of a Conv2D kernel between one channel and one filter, row by row.
fn slice(
    kernel: &[f32],
    [in_channels, filters]: [usize; 2],
    in_channel: usize,
    filter: usize,
) -> impl Iterator<Item = f32> + '_ {
    kernel.iter().skip(in_channel * filters + filter).step_by(in_channels * filters).copied()
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
        let Filled { layer, kernel, .. } = filled(dense(40, Activation::Relu), Shape::Vector(784), 1);
        let source = SourceImage { layer_idx: None, shape: image(28, 28, 1) };
        let view = WeightView::Unit { unit: 7, channel: 0 };
        let picture = weight_picture(&layer, Some(&source), &kernel, view).unwrap();
        assert_eq!((picture.height, picture.width), (28, 28));
        assert!((0..784).all(|pixel| picture.values[pixel] == kernel[pixel * 40 + 7]));
        assert!(weight_picture(&layer, None, &kernel, view).is_err());
    }

    #[test]
    fn wrong_questions_are_errors() {
        let layer = layer(conv2d(2, [3, 3], [1, 1], Padding::Valid, Activation::Relu), image(5, 5, 1));
        let kernel = numbers(18, 1);
        let ask = |view| weight_picture(&layer, None, &kernel, view).unwrap_err().to_string();
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
            let matrix = weight_picture(&dense.layer, None, &dense.kernel, WeightView::Matrix).unwrap();
            let config = conv2d(units, [height, width], [1, 1], Padding::Valid, Activation::Relu);
            let conv2d = filled(config, image(height, width, channels), seed.into());
            let norms = weight_picture(&conv2d.layer, None, &conv2d.kernel, WeightView::SliceNorms).unwrap();
            prop_assert_eq!((norms.height, norms.width), (units, channels));
            for unit in 0..units {
                for channel in 0..channels {
                    let view = WeightView::Unit { unit, channel };
                    let picture = weight_picture(&dense.layer, Some(&source), &dense.kernel, view).unwrap();
                    let view = WeightView::Slice { in_channel: channel, filter: unit };
                    let slice = weight_picture(&conv2d.layer, None, &conv2d.kernel, view).unwrap();
                    prop_assert_eq!((slice.height, slice.width), (height, width));
                    for place in 0..height * width {
                        let input_idx = place * channels + channel;
                        let weight = dense.kernel[input_idx * units + unit];
                        prop_assert_eq!(picture.values[place], weight);
                        prop_assert_eq!(matrix.values[unit * matrix.width + input_idx], weight);
                        // The kernel covers the image, so a Conv2D kernel lies in memory as the Dense one does.
                        prop_assert_eq!(slice.values[place], conv2d.kernel[input_idx * units + unit]);
                    }
                    let norm = slice.values.iter().map(|w| w * w).sum::<f32>().sqrt();
                    assert_close(norms.values[unit * channels + channel], norm, norm);
                }
            }
        }
    }
}
