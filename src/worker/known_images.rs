//! What a run's network knows: some of the images that it was trained on, as they are and as its last hidden layer sees them.

use inkling_engine::explain::Familiar;
use inkling_engine::model::LayerOutput;

/// What is familiar to a network.
pub struct KnownImages {
    /// The images, and the distance that few validation images exceed.
    pub images: (Familiar, f32),
    /// The same of what the last hidden layer gives for them; `None` if there is no such layer.
    pub features: Option<(Familiar, f32)>,
    /// That layer.
    pub layer_idx: Option<usize>,
    /// Updates that the network had seen.
    pub n_steps: usize,
}

impl KnownImages {
    /// The larger of the two distances of an image, each in units of its limit: above 1 it is unlike the images that the
    /// network knows.
    #[must_use]
    pub fn unfamiliarity(&self, pixels: &[f32], activations: &[LayerOutput]) -> Option<f32> {
        let ratio =
            |(known, limit): &(Familiar, f32), point: &[f32]| known.distance(point) / limit.max(f32::MIN_POSITIVE);
        let of_image = ratio(&self.images, pixels);
        let of_features = match (&self.features, self.layer_idx) {
            (Some(features), Some(layer_idx)) => ratio(features, activations.get(layer_idx)?.as_slice()),
            _ => 0.0,
        };
        Some(of_image.max(of_features)).filter(|ratio| ratio.is_finite())
    }
}
