//! What a cell of a convolution's map is made of.

use super::Conv2DConfig;
use crate::explain::{ActivationStep, CellIndex, Region};
use crate::layers::LayerSample;
use ndarray::{aview1, s};
use serde::{Deserialize, Serialize};

/// `activation.x = Σ channels[c].sum + bias`, then the activation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conv2DArithmetic {
    /// What the kernel lies on, in the layer's input; reaches over the border where there is padding.
    pub window: Region,
    /// Which places of the window are padding, `[kernel_h · kernel_w]`.
    pub padded: Vec<bool>,
    /// One item an input channel.
    pub channels: Vec<ChannelSum>,
    /// The filter's bias.
    pub bias: f32,
    /// What becomes of the sum.
    pub activation: ActivationStep,
}

/// `sum = Σ patch[i] · kernel[i]` over one input channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChannelSum {
    /// The input under the kernel, `[kernel_h · kernel_w]`; 0 where there is padding.
    pub patch: Vec<f32>,
    /// The filter's slice for this channel, `[kernel_h · kernel_w]`.
    pub kernel: Vec<f32>,
    /// What the channel adds.
    pub sum: f32,
}

impl Conv2DArithmetic {
    /// Takes a cell of a filter's map apart.
    pub(super) fn new(config: &Conv2DConfig, sample: &LayerSample<'_>, cell: CellIndex) -> Conv2DArithmetic {
        let (kernel, bias) = sample.conv2d_params();
        let window = config.windows(sample.layer.input_shape).of_cell(cell);
        let padded = sample.window_values(window, 0).map(|value| value.is_none()).collect();
        let mut sum = f64::from(bias[cell.channel]);
        let mut channel_sum = |channel: usize| {
            let patch: Vec<f32> = sample.window_values(window, channel).map(Option::unwrap_or_default).collect();
            let kernel: Vec<f32> = kernel.slice(s![.., .., channel, cell.channel]).iter().copied().collect();
            let channel_sum: f64 = patch.iter().zip(&kernel).map(|(x, w)| f64::from(*x) * f64::from(*w)).sum();
            sum += channel_sum;
            ChannelSum { patch, kernel, sum: channel_sum as f32 }
        };
        let channels = (0..sample.input.dim().2).map(&mut channel_sum).collect();
        let activation =
            ActivationStep::new(config.activation, aview1(&[sum as f32]), aview1(&[sample.output_at(cell)]), 0);
        Conv2DArithmetic { window, padded, channels, bias: bias[cell.channel], activation }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::experiment::{Activation, LayerConfig, Padding, Shape};
    use crate::explain::testing::*;
    use crate::explain::{CellArithmetic, cell_arithmetic};
    use proptest::prelude::*;

    fn of_cell(filled: &Filled, cell: CellIndex) -> Conv2DArithmetic {
        match cell_arithmetic(&filled.sample(0), cell).unwrap() {
            CellArithmetic::Conv2D(conv2d) => conv2d,
            other => panic!("not a convolution: {other:?}"),
        }
    }

    /// Takes every cell apart and puts it together again.
    fn check(config: LayerConfig, input_shape: Shape, seed: u64) {
        let filled = filled(config, input_shape, seed);
        for output_idx in 0..filled.output.len() {
            let conv2d = of_cell(&filled, CellIndex::from_flat(output_idx, filled.layer.output_shape).unwrap());
            let products = conv2d
                .channels
                .iter()
                .map(|channel| channel.patch.iter().zip(&channel.kernel).map(|(x, w)| x * w).collect::<Vec<_>>());
            let mut scale = conv2d.bias.abs();
            for (products, channel) in products.zip(&conv2d.channels) {
                let magnitude = products.iter().map(|product| product.abs()).sum();
                assert_close(products.iter().sum(), channel.sum, magnitude);
                assert!(products.iter().zip(&conv2d.padded).all(|(product, padded)| !padded || *product == 0.0));
                scale += magnitude;
            }
            let sum = conv2d.channels.iter().map(|channel| channel.sum).sum::<f32>() + conv2d.bias;
            assert_close(sum, conv2d.activation.x, scale);
            assert_eq!(conv2d.activation.result, filled.output[output_idx]);
            let activated = activate(conv2d.activation.activation, vec![sum.into()], 1)[0];
            assert_close(activated, conv2d.activation.result, scale);
        }
    }

    #[test]
    fn corner_of_a_padded_image() {
        let config = conv2d(1, [3, 3], [1, 1], Padding::Same, Activation::Linear);
        let layer = layer(config, image(2, 2, 1));
        let kernel: Vec<f32> = (1..=9).map(|w| w as f32).collect();
        let input = [1.0, 10.0, 100.0, 1000.0];
        let output = forward(&layer, &input, &kernel, &[0.5]);
        let filled = Filled { layer, input: input.to_vec(), kernel: kernel.clone(), bias: vec![0.5], output };
        let conv2d = of_cell(&filled, CellIndex { row: 0, column: 0, channel: 0 });
        assert_eq!(conv2d.window, Region { top: -1, left: -1, bottom: 2, right: 2 });
        assert_eq!(conv2d.channels[0].patch, [0.0, 0.0, 0.0, 0.0, 1.0, 10.0, 0.0, 100.0, 1000.0]);
        assert_eq!(conv2d.padded, [true, true, true, true, false, false, true, false, false]);
        assert_eq!(conv2d.channels[0].kernel, kernel);
        assert_eq!((conv2d.channels[0].sum, conv2d.activation.result), (9865.0, 9865.5));
    }

    #[test]
    fn the_lessons_second_convolution() {
        check(conv2d(64, [3, 3], [1, 1], Padding::Valid, Activation::Relu), image(13, 13, 32), 3);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn parts_add_up(
            (kernel_h, kernel_w) in (1..5_usize, 1..5_usize),
            (down, across) in (1..4_usize, 1..4_usize),
            (extra_h, extra_w) in (0..5_usize, 0..5_usize),
            (channels, filters) in (1..4_usize, 1..4_usize),
            same in any::<bool>(),
            function in 0..6_usize,
            seed in any::<u32>(),
        ) {
            let padding = if same { Padding::Same } else { Padding::Valid };
            let config = conv2d(filters, [kernel_h, kernel_w], [down, across], padding, Activation::ALL[function]);
            check(config, image(kernel_h + extra_h, kernel_w + extra_w, channels), seed.into());
        }
    }
}
