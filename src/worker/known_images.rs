//! What a run's network knows: the images that it was trained on, as its last hidden layer sees them.

use super::look::Look;
use inkling_engine::explain::Familiar;

/// What is familiar to a network.
pub struct KnownImages {
    /// The classes in its last hidden layer.
    pub familiar: Familiar,
    /// The distance that few validation images exceed.
    pub limit: f32,
    /// The layer whose outputs are compared; `None`: the image itself.
    pub layer_idx: Option<usize>,
    /// Updates that the network had seen.
    pub n_steps: usize,
}

impl KnownImages {
    /// The distance of an image in units of the limit: above 1 it is unlike the images that the network knows.
    #[must_use]
    pub fn unfamiliarity(&self, look: &Look) -> Option<f32> {
        let features = match self.layer_idx {
            Some(layer_idx) => look.activations.get(layer_idx)?.as_slice(),
            None => look.pixels(),
        };
        Some(self.familiar.distance(features) / self.limit.max(f32::MIN_POSITIVE)).filter(|ratio| ratio.is_finite())
    }
}
