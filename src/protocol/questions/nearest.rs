//! The training images that are nearest to the subject in the last hidden layer.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// Which training images does the network find most like the present subject? Judged by what goes into the layer that makes
/// the logits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Nearest;

/// The nearest so far, again and again until all training images of the run are through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NearestAnswer {
    /// The images, the nearest first.
    pub neighbours: Vec<Neighbour>,
    /// Images looked at, and in all.
    pub progress: (usize, usize),
    /// What gives the numbers that are compared: a layer's name, or `the image`.
    pub layer: String,
    /// How many numbers that are.
    pub n_features: usize,
    /// bulk: the images' pixels in `[0, 1]`, one after the other.
    #[serde(skip)]
    pub pixels: Vec<f32>,
}

/// A training image that is near.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Neighbour {
    /// Index in the training set.
    pub sample_idx: usize,
    /// Its label.
    pub label: u8,
    /// Euclidean distance.
    pub distance: f32,
}

impl NearestAnswer {
    /// Whether all images are through.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.progress.0 == self.progress.1
    }
}

impl Question for Nearest {
    type Answer = NearestAnswer;
}

impl Answer for NearestAnswer {
    fn bulk_mut(&mut self) -> Option<&mut Vec<f32>> {
        Some(&mut self.pixels)
    }
}
