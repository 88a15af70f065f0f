//! The last step of a cell: its activation function.

use crate::experiment::Activation;
use ndarray::ArrayView1;
use serde::{Deserialize, Serialize};

/// `result = activation(x)`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActivationStep {
    /// The function; with [`Activation::Linear`], `result` is `x`.
    pub activation: Activation,
    /// What goes in: the weighted sum, or the logit.
    pub x: f32,
    /// What comes out: the layer's output.
    pub result: f32,
    /// For softmax, which looks at all outputs together.
    pub softmax: Option<SoftmaxStep>,
}

/// `probs = exponentials / sum`, with `exponentials = exp(logits − max)`; all lists have one item a class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SoftmaxStep {
    /// What goes in.
    pub logits: Vec<f32>,
    /// The largest logit, subtracted so that no exponential overflows; it does not change the result.
    pub max: f32,
    /// `exp(logit − max)`, each in `[0, 1]`.
    pub exponentials: Vec<f32>,
    /// Their sum, at least 1.
    pub sum: f32,
    /// The layer's outputs; they add up to 1.
    pub probs: Vec<f32>,
}

impl ActivationStep {
    /// The step of one channel, from what goes in and comes out of all channels there.
    pub(crate) fn new(activation: Activation, x: ArrayView1<'_, f32>, y: ArrayView1<'_, f32>, channel: usize) -> Self {
        let softmax = (activation == Activation::Softmax).then(|| SoftmaxStep::new(x, y));
        ActivationStep { activation, x: x[channel], result: y[channel], softmax }
    }
}

impl SoftmaxStep {
    fn new(logits: ArrayView1<'_, f32>, probs: ArrayView1<'_, f32>) -> Self {
        let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let exponentials: Vec<f32> = logits.iter().map(|logit| (logit - max).exp()).collect();
        let sum = exponentials.iter().sum();
        SoftmaxStep { logits: logits.to_vec(), max, exponentials, sum, probs: probs.to_vec() }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::super::super::testing::*;
    use super::super::*;
    use crate::experiment::{Activation, Shape};
    use ndarray::aview1;
    use proptest::prelude::*;

    fn step(function: Activation, shape: Shape, cell: CellIndex, seed: u64) -> ActivationStep {
        match cell_arithmetic(&filled(activation(function), shape, seed).sample(0), cell).unwrap() {
            CellArithmetic::Activation(step) => step,
            other => panic!("not an activation: {other:?}"),
        }
    }

    #[test]
    fn softmax_of_an_image_works_on_the_channels_of_one_cell() {
        let cell = CellIndex { row: 1, column: 2, channel: 1 };
        let softmax = step(Activation::Softmax, image(3, 4, 5), cell, 1).softmax.unwrap();
        assert_eq!(softmax.logits.len(), 5);
        assert_close(softmax.probs.iter().sum(), 1.0, 1.0);
    }

    #[test]
    fn huge_logits_do_not_overflow() {
        let softmax = SoftmaxStep::new(aview1(&[1000.0, 0.0, -1000.0]), aview1(&[1.0, 0.0, 0.0]));
        assert_eq!((softmax.max, softmax.exponentials, softmax.sum), (1000.0, vec![1.0, 0.0, 0.0], 1.0));
    }

    proptest! {
        #[test]
        fn every_activation_leads_from_x_to_the_result(seed in any::<u32>(), unit in 0..12_usize) {
            for function in Activation::ALL {
                let step = step(function, Shape::Vector(12), CellIndex::unit(unit), seed.into());
                match step.softmax {
                    Some(softmax) => {
                        assert_close(softmax.exponentials[unit] / softmax.sum, step.result, 1.0);
                        assert_eq!(softmax.logits[unit], step.x);
                    }
                    None => assert_close(activate(function, vec![step.x.into()], 1)[0], step.result, 1.0),
                }
            }
        }
    }
}
