//! What the network makes of every image that it is judged by.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// What does the network give for every image of a set? While it trains, the answer about validation images is that of the
/// last epoch's end, which costs nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Readings {
    /// Which.
    pub set: JudgedSet,
}

/// Images that a network is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum JudgedSet {
    /// Those of the training set that its run keeps for validation; without any, its first training images.
    Validation,
    /// The test set, to be asked about only once it was opened.
    Test,
}

/// The outputs for the images so far, again and again until the set is through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReadingsAnswer {
    /// Updates that the network had seen.
    pub n_steps: usize,
    /// Images in all.
    pub n_total: usize,
    /// Outputs of one image.
    pub n_outputs: usize,
    /// bulk: the outputs before the last activation, `[n_done, n_outputs]`.
    #[serde(skip)]
    pub logits: Vec<f32>,
    /// bytes: the images' indices in MNIST's training or test set, 4 bytes each, little-endian, as many as are done.
    #[serde(skip)]
    pub sample_idxs: Vec<u8>,
}

impl ReadingsAnswer {
    /// An answer about these images.
    #[must_use]
    pub fn new(
        n_steps: usize,
        n_total: usize,
        n_outputs: usize,
        logits: &[f32],
        sample_idxs: &[u32],
    ) -> ReadingsAnswer {
        let sample_idxs = sample_idxs.iter().flat_map(|idx| idx.to_le_bytes()).collect();
        ReadingsAnswer { n_steps, n_total, n_outputs, logits: logits.to_vec(), sample_idxs }
    }

    /// Each image's index and its logits.
    pub fn images(&self) -> impl Iterator<Item = (usize, &[f32])> {
        let (idxs, _) = self.sample_idxs.as_chunks::<4>();
        let idxs = idxs.iter().map(|bytes| u32::from_le_bytes(*bytes) as usize);
        idxs.zip(self.logits.chunks_exact(self.n_outputs.max(1)))
    }

    /// Whether all images are through.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.sample_idxs.len() / size_of::<u32>() == self.n_total
    }
}

impl Question for Readings {
    type Answer = ReadingsAnswer;
    const IS_KEPT: bool = true;
}

impl Answer for ReadingsAnswer {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        Some(&mut self.logits)
    }

    fn bytes_mut(&mut self) -> Option<&mut Vec<u8>> {
        Some(&mut self.sample_idxs)
    }
}

#[cfg(test)]
mod tests {
    use super::ReadingsAnswer;

    #[test]
    fn each_image_has_its_logits() {
        let answer = ReadingsAnswer::new(7, 3, 2, &[0.5, 1.0, -2.0, 3.0], &[59_999, 300]);
        let images: Vec<_> = answer.images().collect();
        assert_eq!(images, [(59_999, [0.5, 1.0].as_slice()), (300, &[-2.0, 3.0])]);
        assert!(!answer.is_complete());
    }
}
