//! The gradient of the loss at every layer.

use super::{Answerable, Asked, Outcome};
use crate::protocol::LayerValues;
use crate::protocol::questions::{Gradients, GradientsAnswer};
use inkling_engine::explain::ExplainError;
use inkling_engine::kernels::loss;
use inkling_engine::losses::Target;

impl Answerable for Gradients {
    fn answer(self, asked: &mut Asked<'_>) -> Result<Outcome<Gradients>, ExplainError> {
        let (class, look) = (self.class, asked.look()?);
        ExplainError::check_index("class", usize::from(class), look.probs().len())?;
        let (model, workspace) = asked.run.model_and_workspace();
        let gradients = model.activation_gradients(workspace, look.pixels(), Target::Labels(&[class]));
        let logits: Vec<f32> = model.logits(workspace, look.pixels()).into_iter().collect();
        let loss = cross_entropy(&logits, class);
        let mut values = Vec::new();
        let mut layers = Vec::with_capacity(gradients.len());
        for gradient in &gradients {
            layers.push(LayerValues::pack(gradient, look.layers[gradient.layer_idx].output_shape, &mut values));
        }
        Ok(Outcome::Answer(GradientsAnswer { loss, logits, probs: look.probs().to_vec(), layers, values }))
    }
}

/// `−ln softmax(logits)[class]`
pub(super) fn cross_entropy(logits: &[f32], class: u8) -> f64 {
    loss::softmax_cross_entropy(logits, &[class], 1.0, &mut vec![0.0; logits.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loss_is_the_logarithm_of_the_probability() {
        assert!((cross_entropy(&[1.0, 1.0, 1.0], 2) - 3.0_f64.ln()).abs() < 1e-12);
        // Far beyond what an f32 probability can say.
        assert!((cross_entropy(&[0.0, 500.0], 0) - 500.0).abs() < 1e-12);
    }
}
