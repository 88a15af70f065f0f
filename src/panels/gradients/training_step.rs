//! One training step for one image, in numbers: what can be said without knowing more than the worker tells.

use crate::protocol::{Answer, LayerValues};
use inkling_engine::experiment::Loss;

/// Where the walk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Station {
    /// From the image to ten probabilities.
    #[default]
    Forward,
    /// How wrong that is.
    Loss,
    /// Who is to blame.
    Backward,
    /// What is changed.
    Update,
}

impl Station {
    /// All, in order.
    pub const ALL: [Station; 4] = [Station::Forward, Station::Loss, Station::Backward, Station::Update];

    /// The station so many further on; it stops at both ends.
    #[must_use]
    pub fn stepped(self, by: isize) -> Station {
        Station::ALL[(self as usize).saturating_add_signed(by).min(Station::ALL.len() - 1)]
    }

    /// Its name.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Station::Forward => "Forward",
            Station::Loss => "Loss",
            Station::Backward => "Backward",
            Station::Update => "Update",
        }
    }

    /// What happens there.
    #[must_use]
    pub fn caption(self) -> &'static str {
        match self {
            Station::Forward => {
                "The image runs through the layers. The last one adds up a logit for each digit; softmax turns the ten \
                 logits into probabilities: p = exp(logit) ÷ Σ exp(logits)."
            }
            Station::Loss => {
                "The loss is −ln of the probability that the right answer got: 0 if it was sure and right, large if it \
                 was sure and wrong. A training step takes its mean over the batch."
            }
            Station::Backward => {
                "From the loss back to the input: by how much would the loss rise if this number rose a little? At the \
                 logits that is p − t, where t is 1 for the right digit and 0 for the others. Each layer passes it on \
                 to the one before."
            }
            Station::Update => {
                "Every weight moves against its gradient, so that the loss falls. The optimizer's rule says how far; here it is \
                 tried on this image alone. A real step takes the mean of the gradients of a whole batch."
            }
        }
    }
}

/// Length `sqrt(Σ x²)` of a list of numbers; sums in f64.
#[must_use]
pub fn norm(values: &[f32]) -> f64 {
    values.iter().map(|value| f64::from(*value).powi(2)).sum::<f64>().sqrt()
}

/// The values of one of the layers of an answer to `Question::Gradients`; `None` if it is not among them.
#[must_use]
pub fn gradient_of(answer: &Answer, layer_idx: usize) -> Option<(&LayerValues, &[f32])> {
    let Answer::Gradients { layers, values, .. } = answer else { return None };
    let layer = layers.iter().find(|layer| layer.layer_idx == layer_idx)?;
    Some((layer, values.get(layer.start..layer.start + layer.shape.size())?))
}

/// Whether the words of the walk hold: softmax and cross-entropy, as in the lesson.
#[must_use]
pub fn is_walkable(loss: Loss, n_outputs: usize) -> bool {
    loss == Loss::CategoricalCrossentropy && n_outputs == 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use inkling_engine::experiment::Shape;

    #[test]
    fn the_walk_ends_at_both_ends() {
        assert_eq!(Station::Forward.stepped(-1), Station::Forward);
        assert_eq!(Station::Forward.stepped(1), Station::Loss);
        assert_eq!(Station::Update.stepped(1), Station::Update);
    }

    #[test]
    fn a_layers_gradient_is_cut_out_of_the_answer() {
        let layers = vec![
            LayerValues { layer_idx: 0, shape: Shape::Vector(2), start: 0 },
            LayerValues { layer_idx: 3, shape: Shape::Vector(2), start: 2 },
        ];
        let (logits, probs) = (Vec::new(), Vec::new());
        let answer = Answer::Gradients { class: 1, loss: 0.5, logits, probs, layers, values: vec![1.0, 2.0, 3.0, 4.0] };
        assert_eq!(gradient_of(&answer, 3).map(|(_, values)| values), Some(&[3.0, 4.0][..]));
        assert!(gradient_of(&answer, 1).is_none());
        assert_eq!(norm(&[3.0, 4.0]), 5.0);
    }
}
