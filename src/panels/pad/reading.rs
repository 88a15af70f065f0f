//! What a network reads in an image, and whose network it is.

use crate::protocol::{Inspection, Start, Subject};

/// What a network reads in an image.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// Nothing was looked at yet.
    Waiting,
    /// The paper is empty.
    Empty,
    /// The network's output is no number any more.
    NotANumber,
    /// The digit with the greatest output.
    Digit {
        /// In `0..10`.
        digit: usize,
        /// Its output: a probability if the last activation is softmax or sigmoid.
        probability: f32,
    },
}

impl Reading {
    /// The reading of an inspection.
    #[must_use]
    pub fn of(inspection: Option<&Inspection>) -> Reading {
        let Some(inspection) = inspection else { return Reading::Waiting };
        if inspection.subject == Subject::Drawing && inspection.input().iter().all(|&ink| ink == 0.0) {
            return Reading::Empty;
        }
        let mut best: Option<(usize, f32)> = None;
        for (digit, &output) in inspection.probs.iter().enumerate() {
            if !output.is_finite() {
                return Reading::NotANumber;
            }
            if best.is_none_or(|(_, greatest)| output > greatest) {
                best = Some((digit, output));
            }
        }
        best.map_or(Reading::Waiting, |(digit, probability)| Reading::Digit { digit, probability })
    }
}

/// Whose network it is that looks: `your network, epoch 3, step 12`.
#[must_use]
pub fn origin(start: Start, n_steps: usize, steps_per_epoch: usize) -> String {
    match (start, n_steps) {
        (Start::Pretrained, 0) => "pretrained network".to_owned(),
        (Start::Seed, 0) => "untrained network".to_owned(),
        (_, n_steps) if steps_per_epoch == 0 => format!("your network, step {n_steps}"),
        (_, n_steps) => {
            let (epoch, step) = ((n_steps - 1) / steps_per_epoch + 1, (n_steps - 1) % steps_per_epoch + 1);
            format!("your network, epoch {epoch}, step {step}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inspection(subject: Subject, ink: f32, probs: &[f32]) -> Inspection {
        Inspection {
            run: 1,
            n_steps: 0,
            subject,
            revision: 1,
            label: None,
            probs: probs.to_vec(),
            layers: Vec::new(),
            values: vec![ink; 28 * 28],
        }
    }

    #[test]
    fn the_greatest_output_is_read() {
        let seen = inspection(Subject::Drawing, 0.5, &[0.1, 0.2, 0.6, 0.1]);
        assert_eq!(Reading::of(Some(&seen)), Reading::Digit { digit: 2, probability: 0.6 });
        assert_eq!(Reading::of(None), Reading::Waiting);
    }

    #[test]
    fn empty_paper_is_no_digit_but_a_black_test_image_would_be() {
        assert_eq!(Reading::of(Some(&inspection(Subject::Drawing, 0.0, &[0.9, 0.1]))), Reading::Empty);
        let test = inspection(Subject::Test(3), 0.0, &[0.9, 0.1]);
        assert_eq!(Reading::of(Some(&test)), Reading::Digit { digit: 0, probability: 0.9 });
    }

    #[test]
    fn a_diverged_network_reads_nothing() {
        assert_eq!(Reading::of(Some(&inspection(Subject::Test(0), 0.5, &[0.2, f32::NAN]))), Reading::NotANumber);
    }

    #[test]
    fn the_network_is_named_after_its_updates() {
        assert_eq!(origin(Start::Pretrained, 0, 270), "pretrained network");
        assert_eq!(origin(Start::Seed, 0, 270), "untrained network");
        assert_eq!(origin(Start::Seed, 270, 270), "your network, epoch 1, step 270");
        assert_eq!(origin(Start::Seed, 552, 270), "your network, epoch 3, step 12");
        assert_eq!(origin(Start::Seed, 5, 0), "your network, step 5");
    }
}
