//! The gradient of the loss at every layer.

use super::{Answerable, Asked, Outcome};
use crate::protocol::LayerValues;
use crate::protocol::questions::{Gradients, GradientsAnswer};
use inkling_engine::explain::ExplainError;
use inkling_engine::losses::Target;

impl Answerable for Gradients {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Gradients>, ExplainError> {
        let (class, look) = (self.class, asked.look()?);
        ExplainError::check_index("class", usize::from(class), look.probs().len())?;
        let (model, workspace) = asked.run.model_and_workspace();
        let gradients = model.activation_gradients(workspace, &look.pixels, Target::Labels(&[class]));
        let logits = model.logits(workspace, &look.pixels);
        let loss = cross_entropy(&logits, class);
        let mut values = Vec::new();
        let mut layers = Vec::with_capacity(gradients.len());
        for gradient in gradients {
            layers.push(LayerValues { layer_idx: gradient.layer_idx, shape: gradient.shape, start: values.len() });
            values.extend_from_slice(&gradient.values);
        }
        Ok(Outcome::Answer(GradientsAnswer { loss, logits, probs: look.probs().to_vec(), layers, values }))
    }
}

/// `−ln softmax(logits)[class]`
pub(super) fn cross_entropy(logits: &[f32], class: u8) -> f64 {
    let max = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let less_max = |logit: f32| f64::from(logit) - f64::from(max);
    let sum: f64 = logits.iter().map(|logit| less_max(*logit).exp()).sum();
    sum.ln() - less_max(logits[usize::from(class)])
}

#[cfg(test)]
mod tests {
    use super::cross_entropy;

    #[test]
    fn the_loss_is_the_logarithm_of_the_probability() {
        assert!((cross_entropy(&[1.0, 1.0, 1.0], 2) - 3.0_f64.ln()).abs() < 1e-12);
        // Far beyond what an f32 probability can say.
        assert!((cross_entropy(&[0.0, 500.0], 0) - 500.0).abs() < 1e-12);
    }
}
