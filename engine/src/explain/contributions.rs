//! Each logit as a sum: what the inputs of the last Dense layer add to it.

use super::SourceImage;
use crate::layers::unit_sums;
use ndarray::{ArrayView1, ArrayView2};
use serde::{Deserialize, Serialize};

/// `logit = Σ terms + rest_positive + rest_negative + bias`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogitContributions {
    /// The largest terms, sign aside, falling; on a tie the lower index first.
    pub terms: Vec<LogitTerm>,
    /// All other terms.
    pub n_rest: usize,
    /// Sum of those above 0.
    pub rest_positive: f32,
    /// Sum of those below 0.
    pub rest_negative: f32,
    /// The unit's bias.
    pub bias: f32,
    /// The sum, before softmax.
    pub logit: f32,
}

/// What one input, or all cells of one map together, add to a logit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LogitTerm {
    /// The input's index, or the channel of the image that was flattened.
    pub source_idx: usize,
    /// `Σ x · weight`
    pub value: f32,
}

/// The logits of a Dense layer, one item a unit, with the `n_largest` terms of each. If `source` is given, the terms
/// are its channels, each the sum over its cells, else the inputs themselves.
///
/// # Shapes
/// input `[inputs]`, kernel `[inputs, units]`, bias `[units]`.
///
/// # Panics
/// If shapes don't fit, or `source` has another size than the input.
#[must_use]
pub fn logit_contributions(
    input: ArrayView1<'_, f32>,
    kernel: ArrayView2<'_, f32>,
    bias: ArrayView1<'_, f32>,
    source: Option<&SourceImage>,
    n_largest: usize,
) -> Vec<LogitContributions> {
    assert_eq!(kernel.dim(), (input.len(), bias.len()), "kernel of a Dense layer");
    assert!(
        source.is_none_or(|source| source.shape.size() == input.len()),
        "image whose numbers are a Dense layer's input"
    );
    let n_sources = source.map_or(input.len(), |source| source.shape.dims()[2]);
    let logit_of = |(unit, logit): (usize, f32)| {
        let mut values = vec![0.0_f64; n_sources];
        for (input_idx, (x, weight)) in input.iter().zip(kernel.column(unit)).enumerate() {
            values[input_idx % n_sources] += f64::from(*x) * f64::from(*weight);
        }
        let mut terms: Vec<LogitTerm> = values
            .into_iter()
            .enumerate()
            .map(|(source_idx, value)| LogitTerm { source_idx, value: value as f32 })
            .collect();
        terms.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
        let rest = terms.split_off(n_largest.min(terms.len()));
        let rest_of = |holds: fn(f32) -> bool| {
            rest.iter().filter(|term| holds(term.value)).map(|term| f64::from(term.value)).sum::<f64>() as f32
        };
        LogitContributions {
            terms,
            n_rest: rest.len(),
            rest_positive: rest_of(|value| value > 0.0),
            rest_negative: rest_of(|value| value < 0.0),
            bias: bias[unit],
            logit,
        }
    };
    unit_sums(input, kernel, bias).into_iter().enumerate().map(logit_of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::experiment::{Activation, Shape};
    use ndarray::{aview1, aview2};
    use proptest::prelude::*;

    #[test]
    fn cells_of_a_map_are_one_term() {
        // 1×2 cells of 2 channels to one unit.
        let source = SourceImage { layer_idx: Some(0), shape: image(1, 2, 2) };
        let (input, kernel) = (aview1(&[1.0, 2.0, 3.0, 4.0]), aview2(&[[1.0], [-1.0], [0.5], [-2.0]]));
        let logits = logit_contributions(input, kernel, aview1(&[0.25]), Some(&source), 1);
        assert_eq!(logits[0].terms, [LogitTerm { source_idx: 1, value: -10.0 }]);
        assert_eq!((logits[0].n_rest, logits[0].rest_positive, logits[0].rest_negative), (1, 2.5, 0.0));
        assert_eq!((logits[0].bias, logits[0].logit), (0.25, -7.25));
    }

    proptest! {
        #[test]
        fn terms_add_up_to_the_logits(
            (cells, channels, units) in (1..6_usize, 1..6_usize, 1..6_usize),
            n_largest in 0..40_usize,
            by_channel in any::<bool>(),
            seed in any::<u32>(),
        ) {
            let config = dense(units, Activation::Linear);
            let filled = filled(config, Shape::Vector(cells * channels), seed.into());
            let source = SourceImage { layer_idx: None, shape: image(1, cells, channels) };
            let source = by_channel.then_some(&source);
            let (input, kernel, bias) = (aview1(&filled.input), filled.kernel().by_unit(), aview1(&filled.bias));
            let logits = logit_contributions(input, kernel, bias, source, n_largest);
            prop_assert_eq!(logits.len(), units);
            for (logit, expected) in logits.iter().zip(&filled.output) {
                let terms: f32 = logit.terms.iter().map(|term| term.value).sum();
                let sum = terms + logit.rest_positive + logit.rest_negative + logit.bias;
                assert_close(sum, logit.logit, (cells * channels) as f32);
                assert_close(logit.logit, *expected, 1.0);
                prop_assert!(logit.terms.windows(2).all(|pair| pair[0].value.abs() >= pair[1].value.abs()));
                prop_assert!(logit.rest_positive >= 0.0 && logit.rest_negative <= 0.0);
                let n_sources = if by_channel { channels } else { cells * channels };
                prop_assert_eq!(logit.terms.len() + logit.n_rest, n_sources);
            }
        }
    }
}
