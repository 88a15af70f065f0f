//! What a network reads in an image, and whose network it is.

use super::doubt::{Doubt, Standards, judge};
use crate::protocol::{Inspection, Start, Subject};

/// What a network reads in an image.
#[derive(Debug, Clone, PartialEq)]
pub enum Prediction {
    /// No image has been inspected yet.
    Waiting,
    /// The paper is empty.
    Empty,
    /// The network's output is not a number any more.
    NotANumber,
    /// The digit with the greatest output.
    Digit {
        /// In `0..10`.
        digit: usize,
        /// Its output: a probability if the last activation is softmax or sigmoid.
        probability: f32,
        /// Of the probabilities, in nats.
        entropy: f64,
        /// Why the network should rather not name a digit.
        doubt: Option<Doubt>,
    },
}

impl Prediction {
    /// The prediction of an inspection. The paper is empty as soon as the pad is cleared, whatever the network has last
    /// seen, and until the network has seen the first ink.
    #[must_use]
    pub fn of(inspection: Option<&Inspection>, is_pad_empty: bool, standards: Standards) -> Prediction {
        if is_pad_empty {
            return Prediction::Empty;
        }
        let Some(inspection) = inspection else { return Prediction::Waiting };
        if inspection.subject == Subject::Drawing && inspection.input().iter().all(|&ink| ink == 0.0) {
            return Prediction::Empty;
        }
        let mut best: Option<(usize, f32)> = None;
        for (digit, &output) in inspection.probs.iter().enumerate() {
            if !output.is_finite() {
                return Prediction::NotANumber;
            }
            if best.is_none_or(|(_, greatest)| output > greatest) {
                best = Some((digit, output));
            }
        }
        let Some((digit, probability)) = best else { return Prediction::Waiting };
        let (entropy, doubt) = judge(&inspection.probs, inspection.input(), inspection.unfamiliarity, standards);
        Prediction::Digit { digit, probability, entropy, doubt }
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

    const STANDARDS: Standards = Standards { temperature: 1.0, entropy_limit: Some(0.5), is_in_order: true };

    fn digit_of(inspection: Option<&Inspection>) -> Option<(usize, f32)> {
        match Prediction::of(inspection, false, STANDARDS) {
            Prediction::Digit { digit, probability, .. } => Some((digit, probability)),
            _ => None,
        }
    }

    fn inspection(subject: Subject, ink: f32, probs: &[f32]) -> Inspection {
        Inspection {
            run: 1,
            n_steps: 0,
            subject,
            revision: 1,
            label: None,
            probs: probs.to_vec(),
            layers: Vec::new(),
            pinned: None,
            unfamiliarity: None,
            values: vec![ink; 28 * 28],
        }
    }

    #[test]
    fn the_greatest_output_is_read() {
        let seen = inspection(Subject::Drawing, 0.5, &[0.1, 0.2, 0.6, 0.1]);
        assert_eq!(digit_of(Some(&seen)), Some((2, 0.6)));
        assert_eq!(Prediction::of(None, false, STANDARDS), Prediction::Waiting);
    }

    #[test]
    fn an_empty_pad_has_no_digit_but_an_empty_test_image_has() {
        assert_eq!(
            Prediction::of(Some(&inspection(Subject::Drawing, 0.0, &[0.9, 0.1])), false, STANDARDS),
            Prediction::Empty
        );
        let test = inspection(Subject::Test(3), 0.0, &[0.9, 0.1]);
        assert_eq!(digit_of(Some(&test)), Some((0, 0.9)));
    }

    #[test]
    fn outputs_that_are_not_finite_give_no_digit() {
        assert_eq!(
            Prediction::of(Some(&inspection(Subject::Test(0), 0.5, &[0.2, f32::NAN])), false, STANDARDS),
            Prediction::NotANumber
        );
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
