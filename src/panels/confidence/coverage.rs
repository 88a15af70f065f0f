//! What a threshold does: how many images get an answer, and how many of these answers are right.

use crate::components::Judged;
use inkling_engine::calibration::{entropy, tempered};

/// An image as the threshold sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// The largest probability.
    pub confidence: f64,
    /// Entropy in nats.
    pub entropy: f64,
    /// Whether the most probable class is the label.
    pub is_right: bool,
}

/// All judged images, with probabilities at that temperature.
#[must_use]
pub fn answers(judged: &Judged, temperature: f64) -> Vec<Answer> {
    let rows = judged.logits.chunks_exact(judged.n_classes.max(1));
    let answer = |(logits, image): (&[f32], &crate::components::JudgedImage)| {
        let probs = tempered(logits, temperature);
        let confidence = probs.iter().copied().fold(0.0, f64::max);
        Answer { confidence, entropy: entropy(&probs), is_right: image.label == image.predicted }
    };
    rows.zip(&judged.images).map(answer).collect()
}

/// Shares of images that get an answer, of answers that are right, and of all images that are read right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coverage {
    /// Of all images.
    pub answered: f64,
    /// Of those with an answer; 1 if there are none.
    pub right: f64,
    /// Of all images, if each gets an answer.
    pub right_of_all: f64,
}

/// What comes of answering only where the entropy is at most `limit`; `None` without images.
#[must_use]
pub fn coverage(answers: &[Answer], limit: Option<f64>) -> Option<Coverage> {
    let n = answers.len();
    let share = |n_part: usize, n_whole: usize| if n_whole == 0 { 1.0 } else { n_part as f64 / n_whole as f64 };
    let is_answered = |answer: &&Answer| limit.is_none_or(|limit| answer.entropy <= limit);
    let n_answered = answers.iter().filter(is_answered).count();
    let n_right = answers.iter().filter(is_answered).filter(|answer| answer.is_right).count();
    let n_right_of_all = answers.iter().filter(|answer| answer.is_right).count();
    (n > 0).then(|| Coverage {
        answered: share(n_answered, n),
        right: share(n_right, n_answered),
        right_of_all: share(n_right_of_all, n),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]
    use super::*;

    #[test]
    fn refusing_the_doubtful_makes_the_rest_better() {
        let answer = |entropy, is_right| Answer { confidence: 0.9, entropy, is_right };
        let answers = [answer(0.1, true), answer(0.2, true), answer(0.3, false), answer(0.9, false)];
        let found = coverage(&answers, Some(0.25)).unwrap();
        assert_eq!((found.answered, found.right, found.right_of_all), (0.5, 1.0, 0.5));
        assert_eq!(coverage(&answers, None).unwrap().answered, 1.0);
        assert_eq!(coverage(&answers, Some(0.0)).unwrap().right, 1.0, "nothing is answered, nothing is wrong");
        assert_eq!(coverage(&[], None), None);
    }
}
