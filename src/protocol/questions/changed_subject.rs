//! What a network makes of the subject after it was turned, moved and made noisy.

use super::{Answer, Question};
use inkling_engine::data::{Corruption, MNIST_SIDE};
use serde::{Deserialize, Serialize};

/// Chance of the noise.
const SEED: u64 = 1;

/// What does the network read in the subject after this change?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct ChangedSubject {
    /// Pixels to the right.
    pub dx: i32,
    /// Pixels down.
    pub dy: i32,
    /// Degrees clockwise, before it is moved.
    pub degrees: i32,
    /// Standard deviation of the noise, in hundredths.
    pub noise_percent: u32,
}

impl ChangedSubject {
    /// The changed image; `None` if it is not one of 28×28 pixels.
    #[must_use]
    pub fn apply(self, image: &[f32]) -> Option<Vec<f32>> {
        if image.len() != MNIST_SIDE * MNIST_SIDE {
            return None;
        }
        let changes = [
            Corruption::Rotation { degrees: f64::from(self.degrees) },
            Corruption::Shift { dx: f64::from(self.dx), dy: f64::from(self.dy) },
            Corruption::GaussianNoise { std_dev: f64::from(self.noise_percent) / 100.0 },
        ];
        Some(changes.iter().fold(image.to_vec(), |image, change| change.apply(&image, MNIST_SIDE, SEED, 0)))
    }
}

/// The network's output.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangedSubjectAnswer {
    /// Probabilities of the classes.
    pub probs: Vec<f32>,
}

impl Question for ChangedSubject {
    type Answer = ChangedSubjectAnswer;
}

impl Answer for ChangedSubjectAnswer {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_is_turned_before_it_is_moved() {
        let mut image = vec![0.0; 28 * 28];
        image[2 * 28 + 13] = 1.0;
        let quarter = ChangedSubject { degrees: 90, dx: -4, dy: 1, ..ChangedSubject::default() };
        let changed = quarter.apply(&image).unwrap_or_default();
        assert!((changed[14 * 28 + 21] - 1.0).abs() < 1e-6);
        assert_eq!(ChangedSubject::default().apply(&image), Some(image));
        assert_eq!(quarter.apply(&[0.0; 3]), None);
    }
}
