//! Losses: what training makes smaller.
//!
//! One file each: name, formula, the last activation that it needs, value and gradient. Cross-entropies are fused with
//! the last activation (softmax, sigmoid): computed from the logits they neither overflow nor lose digits. All values
//! are sums over the samples. A new loss is a file and a line in each of the three lists of this file.

/// Evaluates `$body` with `$function` being the type of whichever loss it is.
macro_rules! with_loss {
    ($loss:expr, $function:ident => $body:expr) => {
        match $loss {
            Loss::CategoricalCrossentropy => {
                type $function = CategoricalCrossentropy;
                $body
            }
            Loss::BinaryCrossentropy => {
                type $function = BinaryCrossentropy;
                $body
            }
            Loss::MeanSquaredError => {
                type $function = MeanSquaredError;
                $body
            }
            Loss::HalfSquaredError => {
                type $function = HalfSquaredError;
                $body
            }
        }
    };
}

mod binary_crossentropy;
mod categorical_crossentropy;
mod head;
mod squared_error;

pub use head::{LossHead, ShardResult, Target};

use crate::experiment::Activation;
use crate::field::{FieldMut, FieldWords, Variants};
use binary_crossentropy::BinaryCrossentropy;
use categorical_crossentropy::CategoricalCrossentropy;
use serde::{Deserialize, Serialize};
use squared_error::{HalfSquaredError, MeanSquaredError};

/// Loss functions, by Keras' names; cross-entropies take logits, fused with the last activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// `-Σ t ln p` for a softmax output.
    CategoricalCrossentropy,
    /// `-(t ln p + (1 - t) ln(1 - p))`, mean over outputs, for a sigmoid output.
    BinaryCrossentropy,
    /// `(y - t)²`, mean over outputs.
    MeanSquaredError,
    /// `½ (y - t)²`, summed over outputs (TensorFlow Playground; scikit-learn's regressor).
    HalfSquaredError,
}

impl Loss {
    /// All of them, in the order of a menu.
    pub const ALL: [Loss; 4] =
        [Loss::CategoricalCrossentropy, Loss::BinaryCrossentropy, Loss::MeanSquaredError, Loss::HalfSquaredError];

    /// Keras' name; scikit-learn's `squared_error` is `half_squared_error` here.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        with_loss!(self, Function => Function::NAME)
    }

    /// The last activation that it needs, if it is fused with one.
    #[must_use]
    pub fn last_activation(self) -> Option<Activation> {
        with_loss!(self, Function => Function::LAST_ACTIVATION)
    }

    /// Whether it is for classes only, not for a regression.
    #[must_use]
    pub fn is_for_classes(self) -> bool {
        self.last_activation().is_some()
    }

    /// The smallest number of outputs that the network may have.
    #[must_use]
    pub fn min_outputs(self) -> usize {
        with_loss!(self, Function => Function::MIN_OUTPUTS)
    }

    /// Whether targets may be numbers; if not, they must be class labels.
    #[must_use]
    pub fn takes_values(self) -> bool {
        with_loss!(self, Function => Function::TAKES_VALUES)
    }

    /// Whether the two classes of one output have the targets 0 and 1, rather than -1 and 1.
    #[must_use]
    pub fn is_of_probabilities(self) -> bool {
        self.last_activation() == Some(Activation::Sigmoid)
    }
}

impl Variants for Loss {
    const WORDS: FieldWords = FieldWords::new(
        "loss",
        "Loss",
        "loss",
        "How wrong the network is: the number that training makes smaller. 0 is perfect; guessing among ten digits costs ln 10 ≈ 2.30.",
    );

    fn all() -> Vec<Loss> {
        Loss::ALL.to_vec()
    }

    fn title(&self) -> &'static str {
        with_loss!(self, Function => Function::TITLE)
    }

    fn help(&self) -> &'static str {
        with_loss!(self, Function => Function::HELP)
    }

    fn fields(&mut self) -> Vec<FieldMut<'_>> {
        vec![]
    }
}

/// What every loss provides. Its input `y` is the logits if it is fused with an activation, else the outputs.
trait LossFunction {
    /// Keras' name, where Keras has it.
    const NAME: &'static str;
    /// The name as words.
    const TITLE: &'static str;
    /// What it measures, in a sentence for somebody who meets it for the first time.
    const HELP: &'static str;
    /// The last activation that it is fused with.
    const LAST_ACTIVATION: Option<Activation> = None;
    /// Outputs that the network must have at least.
    const MIN_OUTPUTS: usize = 1;
    /// Whether [`of_values`](LossFunction::of_values) may be called.
    const TAKES_VALUES: bool = true;

    /// Sum of the losses for target numbers; overwrites `dy` by the gradient of that sum.
    ///
    /// # Shapes
    /// `y`, `values` and `dy` `[n, n_outputs]`.
    fn of_values(y: &[f32], values: &[f32], n_outputs: usize, dy: &mut [f32]) -> f64;

    /// As [`of_values`](LossFunction::of_values), for one class per sample: 1 for it, 0 for the others, written into
    /// `one_hot`.
    fn of_labels(y: &[f32], labels: &[u8], n_outputs: usize, dy: &mut [f32], one_hot: &mut Vec<f32>) -> f64 {
        one_hot.clear();
        one_hot.resize(y.len(), 0.0);
        for (row, &label) in one_hot.chunks_exact_mut(n_outputs).zip(labels) {
            row[usize::from(label)] = 1.0;
        }
        Self::of_values(y, one_hot, n_outputs, dy)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed test says where")]
    use super::*;

    #[test]
    fn the_name_is_the_one_in_json() {
        for loss in Loss::ALL {
            assert_eq!(serde_json::to_value(loss).unwrap(), loss.as_str());
            assert_eq!(loss.title(), loss.as_str().replace('_', " "));
        }
    }
}
