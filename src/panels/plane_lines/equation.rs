//! Weighted sums as equations: for eyes with signs, for ears with words. All numbers of one have the same decimals.

use crate::plot::decimals::Decimals;
use inkling_engine::experiment::Activation;

/// An equation in both forms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Equation {
    /// `0.52·x₁ − 1.30·x₂ + 0.10 = 0`
    pub text: String,
    /// `0.52 times x1 minus 1.30 times x2 plus 0.10 equals 0`
    pub spoken: String,
}

/// A weighted sum: its terms with their names, and its bias.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedSum {
    /// Weight and name of each term.
    pub terms: Vec<(f32, String)>,
    /// What is added to them.
    pub bias: Option<f32>,
}

impl WeightedSum {
    fn numbers(&self) -> impl Iterator<Item = f32> {
        self.terms.iter().map(|(weight, _)| *weight).chain(self.bias)
    }

    /// The sum with the other one taken away, term by term.
    #[must_use]
    pub fn minus(&self, other: &WeightedSum) -> WeightedSum {
        let pairs = self.terms.iter().zip(&other.terms);
        WeightedSum {
            terms: pairs.map(|((a, name), (b, _))| (a - b, name.clone())).collect(),
            bias: self.bias.map(|bias| bias - other.bias.unwrap_or(0.0)),
        }
    }

    /// The sum alone.
    #[must_use]
    pub fn equation(&self) -> Equation {
        let decimals = decimals_of(self.numbers());
        let (mut text, mut spoken) = (String::new(), String::new());
        let terms = self.terms.iter().map(|(weight, name)| (*weight, Some(name)));
        for (number, name) in terms.chain(self.bias.map(|bias| (bias, None))) {
            let (size, is_negative) = written(number, decimals);
            let (sign, word) = match (text.is_empty(), is_negative) {
                (true, true) => ("−", "minus "),
                (true, false) => ("", ""),
                (false, true) => (" − ", " minus "),
                (false, false) => (" + ", " plus "),
            };
            text += sign;
            spoken += word;
            text += &size;
            spoken += &size;
            if let Some(name) = name {
                text += &format!("·{name}");
                spoken += &format!(" times {}", aloud(name));
            }
        }
        if text.is_empty() {
            (text, spoken) = ("0".to_owned(), "0".to_owned());
        }
        Equation { text, spoken }
    }

    /// `name = tanh(…)`: what a unit gives.
    #[must_use]
    pub fn through(&self, activation: Activation, name: &str) -> Equation {
        let Equation { text, spoken } = self.equation();
        let name_aloud = aloud(name);
        match activation {
            // Softmax is said of all outputs together.
            Activation::Linear | Activation::Softmax => {
                Equation { text: format!("{name} = {text}"), spoken: format!("{name_aloud} equals {spoken}") }
            }
            _ => {
                let function = activation.as_str();
                Equation {
                    text: format!("{name} = {function}({text})"),
                    spoken: format!(
                        "{name_aloud} equals {} of, open bracket, {spoken}, close bracket",
                        aloud(function)
                    ),
                }
            }
        }
    }

    /// `… = 0`: the boundary.
    #[must_use]
    pub fn boundary(&self) -> Equation {
        let Equation { text, spoken } = self.equation();
        Equation { text: format!("{text} = 0"), spoken: format!("{spoken} equals 0") }
    }

    /// The line `… = 0` of x₁ and x₂, in this order, solved for x₂, or for x₁ where it is upright; `None` without a line.
    #[must_use]
    pub fn solved(&self) -> Option<Equation> {
        let [(w1, x1), (w2, x2)] = self.terms.as_slice() else { return None };
        let (bias, [w1, w2]) = (f64::from(self.bias.unwrap_or(0.0)), [*w1, *w2].map(f64::from));
        let is_upright = w2.abs() < 1e-4 * w1.abs();
        let divisor = if is_upright { w1 } else { w2 };
        if divisor == 0.0 || !(w1.is_finite() && w2.is_finite() && bias.is_finite()) {
            return None;
        }
        let offset = Some((-bias / divisor) as f32);
        if is_upright {
            return Some(WeightedSum { terms: Vec::new(), bias: offset }.through(Activation::Linear, x1));
        }
        let terms = vec![((-w1 / divisor) as f32, x1.clone())];
        Some(WeightedSum { terms, bias: offset }.through(Activation::Linear, x2))
    }
}

/// Three digits of the largest number, and two decimals at least where it is below 1,000.
fn decimals_of(numbers: impl Iterator<Item = f32>) -> Decimals {
    let largest = numbers.map(f32::abs).filter(|size| size.is_finite()).fold(0.0, f32::max);
    let exponent = if largest > 0.0 { largest.log10().floor() as i32 } else { 0 };
    Decimals::new(match exponent {
        3.. => 0,
        0..3 => 2,
        _ => (2 - exponent).min(8) as usize,
    })
}

/// Size of a number, and whether it has a minus sign as it is written.
fn written(number: f32, decimals: Decimals) -> (String, bool) {
    if number.is_nan() {
        return ("NaN".to_owned(), false);
    }
    if number.is_infinite() {
        return ("∞".to_owned(), number < 0.0);
    }
    let units = decimals.round(f64::from(number));
    (decimals.text(units.saturating_abs()), units < 0)
}

/// A name as it is said.
#[must_use]
pub fn aloud(name: &str) -> String {
    let mut said = String::new();
    for letter in name.chars() {
        match letter {
            '₀'..='₉' => said.push(char::from(b'0' + (letter as u32 - '₀' as u32) as u8)),
            '²' => said += " squared",
            '_' => said.push(' '),
            'x' if said.ends_with(|last: char| last.is_ascii_digit()) => said += " times x",
            _ => said.push(letter),
        }
    }
    said
}

/// A letter with a number below it: `h₁₂`.
#[must_use]
pub fn subscripted(letter: &str, number: usize) -> String {
    let digits = number.to_string();
    let low = digits.bytes().filter_map(|digit| char::from_u32('₀' as u32 + u32::from(digit - b'0')));
    letter.chars().chain(low).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(terms: &[(f32, &str)], bias: f32) -> WeightedSum {
        let terms = terms.iter().map(|(weight, name)| (*weight, (*name).to_owned())).collect();
        WeightedSum { terms, bias: Some(bias) }
    }

    #[test]
    fn numbers_share_decimals_and_have_true_minus_signs() {
        let line = sum(&[(0.52, "x₁"), (-1.3, "x₂")], 0.1);
        assert_eq!(line.boundary().text, "0.52·x₁ − 1.30·x₂ + 0.10 = 0");
        assert_eq!(line.boundary().spoken, "0.52 times x1 minus 1.30 times x2 plus 0.10 equals 0");
        assert_eq!(line.through(Activation::Tanh, "output").text, "output = tanh(0.52·x₁ − 1.30·x₂ + 0.10)");
        assert_eq!(line.solved().map(|equation| equation.text).as_deref(), Some("x₂ = 0.400·x₁ + 0.077"));
        assert_eq!(sum(&[(-0.002, "x₁")], -0.0).equation().text, "−0.00200·x₁ + 0.00000");
        assert_eq!(sum(&[(1.0, "x₁")], -0.001).equation().text, "1.00·x₁ + 0.00");
    }

    #[test]
    fn lines_can_be_upright_or_none() {
        let solved = |w1, w2, bias| sum(&[(w1, "x₁"), (w2, "x₂")], bias).solved().map(|equation| equation.text);
        assert_eq!(solved(2.0, 0.0, -3.0).as_deref(), Some("x₁ = 1.50"));
        assert_eq!(solved(0.0, 0.0, 1.0), None);
        assert_eq!(solved(f32::NAN, 1.0, 1.0), None);
        assert_eq!(sum(&[(1.0, "x₁")], 0.0).solved(), None);
    }

    #[test]
    fn rubbish_is_named() {
        assert_eq!(sum(&[(f32::NAN, "x₁"), (f32::NEG_INFINITY, "x₂")], 0.0).equation().text, "NaN·x₁ − ∞·x₂ + 0.00");
        assert_eq!(WeightedSum { terms: vec![], bias: None }.equation().text, "0");
    }

    #[test]
    fn names_can_be_said() {
        assert_eq!(
            ["x₁²", "x₁x₂", "sin x₂", "h₁₂", "leaky_relu"].map(aloud),
            ["x1 squared", "x1 times x2", "sin x2", "h12", "leaky relu"]
        );
        assert_eq!(subscripted("h", 12), "h₁₂");
    }

    #[test]
    fn two_sums_are_equal_where_their_difference_is_zero() {
        let difference = sum(&[(1.0, "x₁")], 0.5).minus(&sum(&[(3.0, "x₁")], 0.25));
        assert_eq!(difference.boundary().text, "−2.00·x₁ + 0.25 = 0");
    }
}
