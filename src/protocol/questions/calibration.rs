//! How sure the network may be: its temperature, and how far from the training images an image may be.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// Which temperature fits the present network best, and what does it know? From then on each look says how unfamiliar its
/// image is ([`Inspection::unfamiliarity`](crate::protocol::Inspection::unfamiliarity)), until the weights change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Calibration;

/// What was found on validation images.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalibrationAnswer {
    /// The temperature with the least cross-entropy.
    pub temperature: f64,
    /// Mean cross-entropy at temperature 1, and at that temperature.
    pub losses: [f64; 2],
    /// Images that the temperature was found on.
    pub n_images: usize,
    /// Images done, and in all; nothing else counts before they are equal.
    pub progress: (usize, usize),
}

impl CalibrationAnswer {
    /// Whether all images are through.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.progress.0 == self.progress.1
    }
}

impl Question for Calibration {
    type Answer = CalibrationAnswer;
}

impl Answer for CalibrationAnswer {}
