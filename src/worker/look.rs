//! One image's way through a run's network: what every layer gives.

use super::context::Context;
use super::run::Run;
use crate::protocol::Subject;
use inkling_engine::experiment::CheckedLayer;
use inkling_engine::explain::ExplainError;
use inkling_engine::layers::LayerFamily;
use inkling_engine::model::LayerOutput;
use ndarray::{Array3, ArrayView3};

/// An image and what each layer gives for it.
pub struct Look {
    /// The image as the network gets it, `[height, width, channels]`.
    pub image: Array3<f32>,
    /// The network's layers.
    pub layers: Vec<CheckedLayer>,
    /// What each gives.
    pub activations: Vec<LayerOutput>,
}

impl Look {
    /// Runs an image through the network, with its pixels shuffled if the run shuffles them.
    ///
    /// # Errors
    /// If the network takes images of another size, or has no layers.
    pub fn new(run: &mut Run, pixels: Vec<f32>) -> Result<Look, ExplainError> {
        let layers = run.checked.layers().to_vec();
        let shape = run.checked.input_shape().dims();
        let pixels = match run.checked.pixel_order() {
            Some(order) if pixels.len() == order.sources().len() => order.apply(&pixels),
            _ => pixels,
        };
        let image = Array3::from_shape_vec(shape, pixels).map_err(|_| nothing_there())?;
        if layers.is_empty() {
            return Err(nothing_there());
        }
        let (model, workspace) = run.model_and_workspace();
        let activations = model.activations(workspace, image.as_slice().unwrap_or_default());
        Ok(Look { image, layers, activations })
    }

    /// The image's numbers in order.
    #[must_use]
    pub fn pixels(&self) -> &[f32] {
        self.image.as_slice().unwrap_or_default()
    }

    /// What goes into a layer.
    #[must_use]
    pub fn input_of(&self, layer_idx: usize) -> ArrayView3<'_, f32> {
        layer_idx.checked_sub(1).map_or(&self.image, |before| &self.activations[before].values).view()
    }

    /// The Dense layer that makes the logits; see [`logits_idx`].
    #[must_use]
    pub fn logits_idx(&self) -> Option<usize> {
        logits_idx(&self.layers)
    }

    /// The network's output.
    #[must_use]
    pub fn probs(&self) -> &[f32] {
        self.activations.last().map_or(&[], |output| output.as_slice())
    }
}

/// The Dense layer that makes the logits: only activations follow it.
#[must_use]
pub fn logits_idx(layers: &[CheckedLayer]) -> Option<usize> {
    let family = |layer: &CheckedLayer| layer.config.kind().family();
    let dense_idx = layers.iter().rposition(|layer| family(layer) == LayerFamily::Dense)?;
    let mut after = layers[dense_idx + 1..].iter();
    after.all(|layer| layer.activation().is_some()).then_some(dense_idx)
}

/// An image's pixels in `[0, 1]`, and its label if it has one.
pub type Image = (Vec<f32>, Option<u8>);

/// One of MNIST's images; `None` for a drawing, and while the data set is not there.
#[must_use]
pub fn image_of(context: &Context, subject: Subject) -> Option<Image> {
    let (set, image_idx) = subject.place()?;
    let images = context.mnist()?.of(set);
    let label = images.label(image_idx)?;
    Some((images.input(image_idx)?, Some(label)))
}

/// The error of a question that comes before there is something to ask about.
#[must_use]
pub fn nothing_there() -> ExplainError {
    ExplainError::new("subject", "an image and a network that takes it", "none yet")
}
