//! Why the network should not name a digit.

use crate::drawing::two_shapes;
use inkling_engine::calibration::entropy;

/// A reason for "not sure", the plainest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Two large shapes side by side.
    TwoShapes,
    /// Unlike the images that the network was trained on.
    Unfamiliar,
    /// Two digits are about as probable.
    Torn(usize, usize),
}

/// What is known beside the outputs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standards {
    /// What the logits are divided by before they become probabilities.
    pub temperature: f64,
    /// The entropy above which the network is not sure; `None`: it always answers.
    pub entropy_limit: Option<f64>,
    /// Whether the pixels are where they were drawn: shapes can be told only then.
    pub is_in_order: bool,
}

/// Entropy in nats of the probabilities at that temperature, and the reason for doubt if there is one.
#[must_use]
pub fn judge(probs: &[f32], pixels: &[f32], unfamiliarity: Option<f32>, standards: Standards) -> (f64, Option<Doubt>) {
    let tempered = at_temperature(probs, standards.temperature);
    let entropy = entropy(&tempered);
    let Some(limit) = standards.entropy_limit else { return (entropy, None) };
    let doubt = if standards.is_in_order && two_shapes(pixels) {
        Some(Doubt::TwoShapes)
    } else if unfamiliarity.is_some_and(|distance| distance > 1.0) {
        Some(Doubt::Unfamiliar)
    } else {
        best_two(&tempered).filter(|_| entropy > limit).map(|(first, second)| Doubt::Torn(first, second))
    };
    (entropy, doubt)
}

/// Probabilities as if their logits had been divided by the temperature.
fn at_temperature(probs: &[f32], temperature: f64) -> Vec<f64> {
    let mut tempered: Vec<f64> = probs.iter().map(|prob| f64::from(prob.max(0.0)).powf(1.0 / temperature)).collect();
    let sum: f64 = tempered.iter().sum();
    if sum > 0.0 {
        tempered.iter_mut().for_each(|prob| *prob /= sum);
    }
    tempered
}

fn best_two(probs: &[f64]) -> Option<(usize, usize)> {
    let mut places: Vec<usize> = (0..probs.len()).collect();
    places.sort_by(|one, other| probs[*other].total_cmp(&probs[*one]));
    Some((*places.first()?, *places.get(1)?))
}

impl Doubt {
    /// The reason in words.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Doubt::TwoShapes => "these look like two shapes; draw one digit".to_owned(),
            Doubt::Unfamiliar => "unlike any digit that it was trained on".to_owned(),
            Doubt::Torn(first, second) => format!("it could be {first} or {second}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDARDS: Standards = Standards { temperature: 1.0, entropy_limit: Some(0.5), is_in_order: true };

    fn doubt(probs: &[f32], unfamiliarity: Option<f32>, standards: Standards) -> Option<Doubt> {
        judge(probs, &[0.0; 784], unfamiliarity, standards).1
    }

    #[test]
    fn a_tie_a_stranger_and_a_sure_reading() {
        assert_eq!(doubt(&[0.02, 0.5, 0.48], None, STANDARDS), Some(Doubt::Torn(1, 2)));
        assert_eq!(doubt(&[0.01, 0.98, 0.01], Some(1.5), STANDARDS), Some(Doubt::Unfamiliar));
        assert_eq!(doubt(&[0.01, 0.98, 0.01], Some(0.9), STANDARDS), None);
        let silent = Standards { entropy_limit: None, ..STANDARDS };
        assert_eq!(doubt(&[0.02, 0.5, 0.48], Some(9.0), silent), None, "switched off");
    }

    #[test]
    fn the_temperature_changes_the_entropy_and_not_the_order() {
        let cold = judge(&[0.8, 0.2], &[], None, STANDARDS).0;
        let warm = judge(&[0.8, 0.2], &[], None, Standards { temperature: 2.0, ..STANDARDS }).0;
        assert!((cold - 0.500_402).abs() < 1e-5 && warm > cold);
        // The square roots of 4 : 1 are 2 : 1.
        assert!((at_temperature(&[0.8, 0.2], 2.0)[0] - 2.0 / 3.0).abs() < 1e-6);
    }
}
