//! One training step for one image: its stages, their text, and numbers from the worker's answers.

use crate::protocol::LayerValues;
use crate::protocol::questions::GradientsAnswer;
use inkling_engine::experiment::Loss;

/// A stage of a training step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StepStage {
    /// From the image to ten probabilities.
    #[default]
    Forward,
    /// How wrong that is.
    Loss,
    /// The gradients.
    Backward,
    /// What is changed.
    Update,
}

impl StepStage {
    /// All, in order.
    pub const ALL: [StepStage; 4] = [StepStage::Forward, StepStage::Loss, StepStage::Backward, StepStage::Update];

    /// The stage `by` further on; it stops at both ends.
    #[must_use]
    pub fn stepped(self, by: isize) -> StepStage {
        StepStage::ALL[(self as usize).saturating_add_signed(by).min(StepStage::ALL.len() - 1)]
    }

    /// Its name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            StepStage::Forward => "Forward",
            StepStage::Loss => "Loss",
            StepStage::Backward => "Backward",
            StepStage::Update => "Update",
        }
    }

    /// What happens there.
    #[must_use]
    pub fn caption(self) -> &'static str {
        match self {
            StepStage::Forward => {
                "The image runs through the layers. The last one adds up a logit for each digit; softmax turns the ten \
                 logits into probabilities: p = exp(logit) ÷ Σ exp(logits)."
            }
            StepStage::Loss => {
                "The loss is −ln of the probability that the right answer got: 0 if it was sure and right, large if it \
                 was sure and wrong. A training step takes its mean over the batch."
            }
            StepStage::Backward => {
                "From the loss back to the input: by how much would the loss rise if this number rose a little? At the \
                 logits that is p − t, where t is 1 for the right digit and 0 for the others. Each layer passes it on \
                 to the one before."
            }
            StepStage::Update => {
                "Every weight moves against its gradient, so that the loss falls. The optimizer's rule says how far; here it is \
                 tried on this image alone. A real step takes the mean of the gradients of a whole batch."
            }
        }
    }
}

/// Length `sqrt(Σ x²)` of a list of numbers; sums in f64.
#[must_use]
pub fn norm<'a>(values: impl IntoIterator<Item = &'a f32>) -> f64 {
    values.into_iter().map(|value| f64::from(*value).powi(2)).sum::<f64>().sqrt()
}

/// The values of one of the layers; `None` if it is not among them.
#[must_use]
pub fn gradient_of(answer: &GradientsAnswer, layer_idx: usize) -> Option<(&LayerValues, &[f32])> {
    let GradientsAnswer { layers, values, .. } = answer;
    let layer = layers.iter().find(|layer| layer.layer_idx == layer_idx)?;
    Some((layer, layer.view(values)?.to_slice()?))
}

/// Whether the text of the stages is true: softmax and cross-entropy over the data's classes, as in the lesson.
#[must_use]
pub fn is_walkable(loss: Loss, n_outputs: usize, n_classes: usize) -> bool {
    loss == Loss::CategoricalCrossentropy && n_outputs == n_classes
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::experiment::Shape;

    #[test]
    fn stages_stop_at_both_ends() {
        assert_eq!(StepStage::Forward.stepped(-1), StepStage::Forward);
        assert_eq!(StepStage::Forward.stepped(1), StepStage::Loss);
        assert_eq!(StepStage::Update.stepped(1), StepStage::Update);
    }

    #[test]
    fn a_layers_gradient_is_cut_out_of_the_answer() {
        let layers = vec![
            LayerValues { layer_idx: 0, shape: Shape::Vector(2), start: 0 },
            LayerValues { layer_idx: 3, shape: Shape::Vector(2), start: 2 },
        ];
        let (logits, probs) = (Vec::new(), Vec::new());
        let answer = GradientsAnswer { loss: 0.5, logits, probs, layers, values: vec![1.0, 2.0, 3.0, 4.0] };
        assert_eq!(gradient_of(&answer, 3).map(|(_, values)| values), Some(&[3.0, 4.0][..]));
        assert!(gradient_of(&answer, 1).is_none());
        assert_eq!(norm(&[3.0, 4.0]), 5.0);
    }
}
