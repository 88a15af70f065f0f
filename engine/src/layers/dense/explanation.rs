//! What a unit of a Dense layer is made of.

use crate::experiment::Activation;
use crate::explain::ActivationStep;
use crate::layers::LayerSample;
use ndarray::{Array1, ArrayView1, ArrayView2, s};
use serde::{Deserialize, Serialize};

/// `activation.x = Σ positive + Σ negative + rest + bias`, then the activation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DenseArithmetic {
    /// The largest products above 0, falling; on a tie the lower index first.
    pub positive: Vec<Contribution>,
    /// The largest products below 0, most negative first.
    pub negative: Vec<Contribution>,
    /// All other products.
    pub n_rest: usize,
    /// Their sum.
    pub rest: f32,
    /// The unit's bias.
    pub bias: f32,
    /// What becomes of the sum; for softmax with the logits of all units.
    pub activation: ActivationStep,
}

/// `product = x · weight` of one input.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// Which input; [`SourceImage::cell`](crate::explain::SourceImage::cell) says where it stood before Flatten.
    pub input_idx: usize,
    /// The input.
    pub x: f32,
    /// Its weight to the unit.
    pub weight: f32,
    /// What it adds.
    pub product: f32,
}

impl DenseArithmetic {
    /// Takes a unit apart; the largest `sample.n_largest` products of each side are listed, the rest are summed.
    pub(super) fn new(activation: Activation, sample: &LayerSample<'_>, unit: usize) -> DenseArithmetic {
        let LayerSample { n_largest, .. } = *sample;
        let (kernel, bias) = sample.dense_params();
        let [input, output] = [sample.input, sample.output].map(|image| image.slice_move(s![0, 0, ..]));
        let sums = unit_sums(input, kernel, bias);
        let mut contributions: Vec<Contribution> = input
            .iter()
            .zip(kernel.column(unit))
            .enumerate()
            .map(|(input_idx, (x, weight))| Contribution { input_idx, x: *x, weight: *weight, product: x * weight })
            .collect();
        contributions.sort_by(|a, b| b.product.total_cmp(&a.product));
        let n_positive = contributions.iter().take_while(|contribution| contribution.product > 0.0).count();
        let n_negative = contributions.iter().rev().take_while(|contribution| contribution.product < 0.0).count();
        let rest = n_positive.min(n_largest)..contributions.len() - n_negative.min(n_largest);
        DenseArithmetic {
            positive: contributions[..rest.start].to_vec(),
            negative: contributions[rest.end..].iter().rev().copied().collect(),
            n_rest: rest.len(),
            rest: contributions[rest].iter().map(|contribution| f64::from(contribution.product)).sum::<f64>() as f32,
            bias: bias[unit],
            activation: ActivationStep::new(activation, sums.view(), output, unit),
        }
    }
}

/// The weighted sums of all units: `Σ input[i] · kernel[i, unit] + bias[unit]` in `f64`, rounded once.
///
/// # Shapes
/// input `[inputs]`, kernel `[inputs, units]`, bias `[units]`.
#[must_use]
pub fn unit_sums(input: ArrayView1<'_, f32>, kernel: ArrayView2<'_, f32>, bias: ArrayView1<'_, f32>) -> Array1<f32> {
    let mut sums = bias.mapv(f64::from);
    for (x, weights) in input.iter().zip(kernel.rows()) {
        sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += f64::from(*x) * f64::from(*weight));
    }
    sums.mapv(|sum| sum as f32)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;
    use crate::experiment::Shape;
    use crate::explain::testing::*;
    use crate::explain::{CellArithmetic, CellIndex, cell_arithmetic};
    use proptest::prelude::*;

    fn of_unit(filled: &Filled, unit: usize, n_largest: usize) -> DenseArithmetic {
        match cell_arithmetic(&filled.sample(n_largest), CellIndex::unit(unit)).unwrap() {
            CellArithmetic::Dense(dense) => dense,
            other => panic!("not a Dense layer: {other:?}"),
        }
    }

    fn check(inputs: usize, units: usize, function: Activation, n_largest: usize, seed: u64) {
        let filled = filled(dense(units, function), Shape::Vector(inputs), seed);
        for unit in [0, units / 2, units - 1] {
            let dense = of_unit(&filled, unit, n_largest);
            assert_eq!(dense.positive.len() + dense.negative.len() + dense.n_rest, inputs);
            let listed: f32 = dense.positive.iter().chain(&dense.negative).map(|part| part.product).sum();
            let scale = filled.input.iter().map(|x| x.abs()).sum::<f32>();
            assert_close(listed + dense.rest + dense.bias, dense.activation.x, scale);
            assert_eq!(dense.activation.result, filled.output[unit]);
            match &dense.activation.softmax {
                Some(softmax) => {
                    assert_eq!(softmax.logits.len(), units);
                    assert_close(softmax.exponentials[unit] / softmax.sum, dense.activation.result, 1.0);
                }
                None => {
                    let activated = activate(function, vec![dense.activation.x.into()], 1)[0];
                    assert_close(activated, dense.activation.result, scale);
                }
            }
        }
    }

    #[test]
    fn largest_of_each_side_and_the_rest() {
        let filled = Filled {
            layer: layer(dense(1, Activation::Relu), Shape::Vector(6)),
            input: vec![1.0, 2.0, -3.0, 4.0, 0.0, 0.5],
            kernel: vec![1.0; 6],
            bias: vec![0.25],
            output: vec![4.75],
        };
        let dense = of_unit(&filled, 0, 2);
        let indexes = |parts: &[Contribution]| parts.iter().map(|part| part.input_idx).collect::<Vec<_>>();
        assert_eq!(indexes(&dense.positive), [3, 1]);
        assert_eq!(indexes(&dense.negative), [2]);
        assert_eq!((dense.n_rest, dense.rest, dense.bias), (3, 1.5, 0.25));
        assert_eq!((dense.activation.x, dense.activation.result), (4.75, 4.75));
    }

    #[test]
    fn softmax_regression_on_pixels_and_wide_layers() {
        check(784, 10, Activation::Softmax, 5, 1);
        check(784, 512, Activation::Relu, 8, 2);
        check(1600, 10, Activation::Softmax, 20, 3);
    }

    proptest! {
        #[test]
        fn parts_add_up(
            inputs in 1..40_usize,
            units in 1..20_usize,
            function in 0..7_usize,
            n_largest in 0..50_usize,
            seed in any::<u32>(),
        ) {
            check(inputs, units, Activation::ALL[function], n_largest, seed.into());
        }

        #[test]
        fn nothing_left_out_is_larger(n_largest in 1..10_usize, seed in any::<u32>()) {
            let filled = filled(dense(1, Activation::Linear), Shape::Vector(30), seed.into());
            let dense = of_unit(&filled, 0, n_largest);
            let listed: Vec<usize> = dense.positive.iter().chain(&dense.negative).map(|part| part.input_idx).collect();
            for input_idx in (0..30).filter(|input_idx| !listed.contains(input_idx)) {
                let product = filled.input[input_idx] * filled.kernel[input_idx];
                prop_assert!(product <= dense.positive.last().map_or(0.0, |part| part.product));
                prop_assert!(product >= dense.negative.last().map_or(0.0, |part| part.product));
            }
        }
    }
}
