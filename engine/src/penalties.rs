//! Penalties on kernels (L1, L2) in Keras' and scikit-learn's conventions; biases are never penalised.

use crate::experiment::{CheckedLayer, Regularization, Regularizer};
use crate::kernels::optimizer;
use crate::layers::ParamRange;
use std::ops::Range;

/// The penalties of a network; layers without one don't appear.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Penalties {
    terms: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq)]
struct Term {
    kernel: Range<usize>,
    /// Keras: `l1·Σ|w| + l2·Σw²`, whatever the batch.
    regularizer: Regularizer,
    /// scikit-learn: `alpha/2·Σw² / n_batch`.
    alpha: f64,
}

impl Penalties {
    /// Those of the whole training together with the layers' own.
    #[must_use]
    pub fn new(layers: &[CheckedLayer], params: &[ParamRange], regularization: Regularization) -> Penalties {
        let (common, alpha) = match regularization {
            Regularization::Keras(regularizer) => (regularizer, 0.0),
            Regularization::ScikitLearn { alpha } => (Regularizer::default(), alpha),
            // It shrinks the weights after the update and adds nothing to losses and gradients.
            Regularization::Playground { .. } => (Regularizer::default(), 0.0),
        };
        let term = |(layer, params): (&CheckedLayer, &ParamRange)| {
            let own = layer.config.kind().kernel_regularizer()?;
            let regularizer = Regularizer { l1: own.l1 + common.l1, l2: own.l2 + common.l2 };
            let has_effect = !regularizer.is_none() || alpha > 0.0;
            has_effect.then(|| Term { kernel: params.kernel(), regularizer, alpha })
        };
        Penalties { terms: layers.iter().zip(params).filter_map(term).collect() }
    }

    /// What is added to the mean loss of a batch of `n_batch`.
    #[must_use]
    pub fn value(&self, weights: &[f32], n_batch: usize) -> f64 {
        let value = |term: &Term| {
            let [absolutes, squares] = optimizer::penalty_sums(&weights[term.kernel.clone()]);
            let Regularizer { l1, l2 } = term.regularizer;
            l1 * absolutes + (l2 + term.alpha / 2.0 / n_batch as f64) * squares
        };
        self.terms.iter().map(value).sum()
    }

    /// Adds the penalties' gradient to that of the mean loss of a batch of `n_batch`.
    pub fn add_gradient(&self, weights: &[f32], n_batch: usize, gradients: &mut [f32]) {
        for term in &self.terms {
            let Regularizer { l1, l2 } = term.regularizer;
            let factors = [l1 as f32, (2.0 * l2 + term.alpha / n_batch as f64) as f32];
            let kernel = term.kernel.clone();
            optimizer::add_penalty_gradient(&weights[kernel.clone()], factors, &mut gradients[kernel]);
        }
    }
}
