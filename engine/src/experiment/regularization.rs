//! The penalty on all kernels.

use super::{MAX_PENALTY, Regularizer};
use crate::field::{FieldMut, FieldSpec, FieldWords, NumberRange, Variants};
use crate::tagged::impl_deserialize;
use serde::Serialize;

/// Penalty on all kernels, in one of the three conventions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "convention", rename_all = "snake_case")]
pub enum Regularization {
    /// Keras: `l1·Σ|w| + l2·Σw²`, whatever the batch.
    Keras(Regularizer),
    /// scikit-learn: `alpha/2·Σw² / n_batch`.
    ScikitLearn {
        /// At least 0; scikit-learn's default is 1e-4.
        alpha: f64,
    },
    /// TensorFlow Playground: after each update, `w -= learning_rate·(l1·sign w + l2·w)` with the `w` from before it; a
    /// weight that `l1` would carry over 0 becomes 0 and stays 0. Losses are without penalty.
    Playground {
        /// At least 0.
        l1: f64,
        /// At least 0.
        l2: f64,
    },
}

impl Regularization {
    /// The value of its tag in JSON.
    fn json_name(&self) -> &'static str {
        match self {
            Regularization::Keras(_) => "keras",
            Regularization::ScikitLearn { .. } => "scikit_learn",
            Regularization::Playground { .. } => "playground",
        }
    }

    /// No penalty.
    pub const NONE: Regularization = Regularization::Keras(Regularizer { l1: 0.0, l2: 0.0 });
}

const HELP: &str = "Adds the squared weights to the loss, so that weights stay small unless they pay for themselves. Keras: l2·Σw² on every batch. scikit-learn: alpha/2·Σw² divided by the batch's size.";

const L1: FieldSpec<NumberRange> = penalty("l1").optional();
const L2: FieldSpec<NumberRange> = penalty("l2").optional();
const ALPHA: FieldSpec<NumberRange> = penalty("alpha");

const fn penalty(name: &'static str) -> FieldSpec<NumberRange> {
    FieldSpec::new(name, name, HELP, NumberRange::closed(0.0, MAX_PENALTY)).term("L2 penalty")
}

const SHRINKING_HELP: &str = "After each update, weights shrink by learning rate · (l1 · sign w + l2 · w), as in TensorFlow Playground. A weight that l1 would carry over 0 becomes 0 and stays 0.";
const SHRINKING_L1: FieldSpec<NumberRange> = shrinking("l1");
const SHRINKING_L2: FieldSpec<NumberRange> = shrinking("l2");

const fn shrinking(name: &'static str) -> FieldSpec<NumberRange> {
    FieldSpec::new(name, name, SHRINKING_HELP, NumberRange::closed(0.0, MAX_PENALTY))
        .term("shrinking weights")
        .optional()
}

impl_deserialize!(Regularization, "convention", Regularization::json_name);

impl Variants for Regularization {
    const WORDS: FieldWords = FieldWords::new("regularization", "Penalty", "L2 penalty", HELP);

    fn all() -> Vec<Regularization> {
        vec![
            Regularization::NONE,
            Regularization::ScikitLearn { alpha: 1e-4 },
            Regularization::Playground { l1: 0.0, l2: 0.0 },
        ]
    }

    fn title(&self) -> &'static str {
        match self {
            Regularization::Keras(_) => "l1, l2 (Keras)",
            Regularization::ScikitLearn { .. } => "alpha (scikit-learn)",
            Regularization::Playground { .. } => "l1, l2 (Playground)",
        }
    }

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        match self {
            Regularization::Keras(Regularizer { l1, l2 }) => {
                vec![FieldMut::Number(&L1, l1), FieldMut::Number(&L2, l2)]
            }
            Regularization::Playground { l1, l2 } => {
                vec![FieldMut::Number(&SHRINKING_L1, l1), FieldMut::Number(&SHRINKING_L2, l2)]
            }
            Regularization::ScikitLearn { alpha } => vec![FieldMut::Number(&ALPHA, alpha)],
        }
    }
}
