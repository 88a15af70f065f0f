//! Long sums made short, so that what is shown still adds up.

use inkling_engine::explain::{Conv2DArithmetic, DenseArithmetic};

/// Parts of a sum by index (input channel, or input), and the others together.
#[derive(Debug, Clone, PartialEq)]
pub struct ShortSum {
    /// The listed parts.
    pub parts: Vec<SumPart>,
    /// How many others there are.
    pub n_rest: usize,
    /// What these add up to.
    pub rest: f32,
}

/// One part of a sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SumPart {
    /// Input channel, or input.
    pub idx: usize,
    /// What it adds.
    pub value: f32,
}

impl ShortSum {
    /// The channels of a convolution's cell: the first `n_shown` in that order.
    #[must_use]
    pub fn of_channels(conv2d: &Conv2DArithmetic, order: &[usize], n_shown: usize) -> ShortSum {
        let part = |idx: &usize| Some(SumPart { idx: *idx, value: conv2d.channels.get(*idx)?.sum });
        let mut parts: Vec<SumPart> = order.iter().filter_map(part).collect();
        let rest = parts.split_off(n_shown.min(parts.len()));
        let sum: f64 = rest.iter().map(|part| f64::from(part.value)).sum();
        ShortSum { parts, n_rest: rest.len(), rest: sum as f32 }
    }

    /// The inputs of a unit that the worker lists: positive ones, then negative ones.
    #[must_use]
    pub fn of_inputs(dense: &DenseArithmetic) -> ShortSum {
        let listed = dense.positive.iter().chain(&dense.negative);
        let parts = listed.map(|input| SumPart { idx: input.input_idx, value: input.product }).collect();
        ShortSum { parts, n_rest: dense.n_rest, rest: dense.rest }
    }

    /// All parts together, without a bias.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.parts.iter().map(|part| f64::from(part.value)).sum::<f64>() + f64::from(self.rest)
    }

    /// The largest part, the rest included, without its sign.
    #[must_use]
    pub fn reach(&self) -> f32 {
        self.parts.iter().map(|part| part.value).chain([self.rest]).map(f32::abs).fold(0.0, f32::max)
    }
}

/// A convolution's channels by what they add, the largest first, either sign.
#[must_use]
pub fn channel_order(conv2d: &Conv2DArithmetic) -> Vec<usize> {
    let size = |channel: &usize| conv2d.channels[*channel].sum.abs();
    let mut order: Vec<usize> = (0..conv2d.channels.len()).collect();
    // Equal sums stay in the order of their channels.
    order.sort_by(|a, b| size(b).total_cmp(&size(a)));
    order
}

/// How far shown parts are from the sum that is stated, and whether that is no more than rounding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Check {
    /// Parts and bias, less the stated sum.
    pub difference: f64,
    /// Whether that is what `f32` numbers lose.
    pub is_rounding: bool,
}

impl Check {
    /// Compares `sum.total() + bias` to the stated sum.
    #[must_use]
    pub fn new(sum: &ShortSum, bias: f32, stated: f32) -> Check {
        let parts = sum.parts.iter().map(|part| part.value).chain([sum.rest, bias]);
        let scale: f64 = parts.map(|part| f64::from(part.abs())).sum();
        let difference = sum.total() + f64::from(bias) - f64::from(stated);
        Check { difference, is_rounding: difference.abs() <= 4.0 * f64::from(f32::EPSILON) * scale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::experiment::Activation;
    use inkling_engine::explain::{ActivationStep, ChannelSum, Contribution, Region};

    fn step(x: f32) -> ActivationStep {
        ActivationStep { activation: Activation::Linear, x, result: x, softmax: None }
    }

    fn conv2d(sums: &[f32]) -> Conv2DArithmetic {
        let channel = |sum: &f32| ChannelSum { patch: vec![1.0], kernel: vec![*sum], sum: *sum };
        Conv2DArithmetic {
            window: Region { top: 0, left: 0, bottom: 1, right: 1 },
            padded: vec![false],
            channels: sums.iter().map(channel).collect(),
            bias: 0.5,
            activation: step(sums.iter().sum::<f32>() + 0.5),
        }
    }

    #[test]
    fn the_largest_channels_come_first_and_nothing_is_lost() {
        let conv2d = conv2d(&[0.25, -2.0, 0.0, 1.0, -1.0]);
        let order = channel_order(&conv2d);
        let sum = ShortSum::of_channels(&conv2d, &order, 3);
        assert_eq!(sum.parts.iter().map(|part| part.idx).collect::<Vec<_>>(), [1, 3, 4]);
        assert_eq!((sum.n_rest, sum.rest), (2, 0.25));
        assert_eq!(sum.reach(), 2.0);
        for n_shown in 0..7 {
            let sum = ShortSum::of_channels(&conv2d, &order, n_shown);
            assert_eq!(sum.parts.len() + sum.n_rest, 5);
            let check = Check::new(&sum, conv2d.bias, conv2d.activation.x);
            assert_eq!(check, Check { difference: 0.0, is_rounding: true });
        }
    }

    #[test]
    fn inputs_for_and_against_and_the_rest() {
        let input = |input_idx, product| Contribution { input_idx, x: product, weight: 1.0, product };
        let dense = DenseArithmetic {
            positive: vec![input(7, 3.0), input(2, 1.0)],
            negative: vec![input(4, -2.0)],
            n_rest: 5,
            rest: 0.125,
            bias: -0.5,
            activation: step(1.625),
        };
        let sum = ShortSum::of_inputs(&dense);
        assert_eq!(sum.parts.iter().map(|part| part.idx).collect::<Vec<_>>(), [7, 2, 4]);
        assert_eq!(Check::new(&sum, dense.bias, dense.activation.x).difference, 0.0);
    }

    #[test]
    fn a_wrong_sum_is_not_called_rounding() {
        let sum = ShortSum { parts: vec![SumPart { idx: 0, value: 1.0 }], n_rest: 0, rest: 0.0 };
        assert!(Check::new(&sum, 0.0, 1.0 + f32::EPSILON).is_rounding);
        assert!(!Check::new(&sum, 0.0, 1.001).is_rounding);
        assert!(!Check::new(&sum, 0.0, f32::NAN).is_rounding);
    }
}
