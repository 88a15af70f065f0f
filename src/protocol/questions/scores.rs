//! How many test images are recognised without and with the edits of the weights.

use super::{Answer, Question};
use serde::{Deserialize, Serialize};

/// How many test images does the network recognise, without and with the edits that can be undone? Each
/// [`Command::EditWeights`](crate::protocol::Command::EditWeights) asks it, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scores;

/// Both counts, again and again until all images are through.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoresAnswer {
    /// Without the edits; `None` where there is no edit, or not yet.
    pub before: Option<Score>,
    /// The present network; `None`: not yet.
    pub after: Option<Score>,
    /// Images done, and in all.
    pub progress: (usize, usize),
}

impl Question for Scores {
    type Answer = ScoresAnswer;
}

impl Answer for ScoresAnswer {}

/// How many of the judged test images were recognised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Images recognised, by their label.
    pub n_right: Vec<u32>,
    /// Images in all, by their label.
    pub n_images: Vec<u32>,
}

impl Score {
    /// Share recognised of the images of a class; `None` where there are none.
    #[must_use]
    pub fn of_class(&self, class: usize) -> Option<f64> {
        share(*self.n_right.get(class)?, *self.n_images.get(class)?)
    }

    /// Share recognised of all images; `None` where there are none.
    #[must_use]
    pub fn accuracy(&self) -> Option<f64> {
        share(self.n_right.iter().sum(), self.n_images.iter().sum())
    }
}

fn share(n_right: u32, n_images: u32) -> Option<f64> {
    (n_images > 0).then(|| f64::from(n_right) / f64::from(n_images))
}
