//! Whether an answer is right, and what is said to it.

use super::{Answer, Choice, Curve, Function, Question, Task};

/// What is said to an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Whether it is right; `None` if only the learner can tell.
    pub is_right: Option<bool>,
    /// What is said, as HTML.
    pub says: String,
}

/// How far a sketch may be from the curve on average, as a share of the field's height.
const SKETCH_TOLERANCE: f64 = 0.08;

/// The numbers that a text can mean: `13.002` and `13,002` are thirteen thousand and two, or thirteen and two thousandths;
/// `97 %` is 97, or 0.97.
#[must_use]
pub fn readings(text: &str) -> Vec<f64> {
    let compact: String = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '_').collect();
    let compact = compact.replace('−', "-");
    let (number, is_percent) = match compact.strip_suffix('%') {
        Some(number) => (number, true),
        None => (compact.as_str(), false),
    };
    let mut readings = Vec::new();
    let mut add = |candidate: String| {
        let is_plain = candidate.chars().all(|sign| sign.is_ascii_digit() || ".-+eE".contains(sign));
        if let Some(value) = candidate.parse::<f64>().ok().filter(|value| is_plain && value.is_finite())
            && !readings.contains(&value)
        {
            readings.push(value);
        }
    };
    if groups_thousands(number, '.') {
        add(number.replace('.', "").replace(',', "."));
    }
    if groups_thousands(number, ',') {
        add(number.replace(',', ""));
    }
    add(number.to_owned());
    add(number.replace(',', "."));
    if is_percent {
        let shares: Vec<f64> = readings.iter().map(|value| value / 100.0).collect();
        readings.extend(shares);
    }
    readings
}

/// Whether a sign stands where it separates thousands: before groups of three digits.
fn groups_thousands(number: &str, sign: char) -> bool {
    let whole = number.split(if sign == '.' { ',' } else { '.' }).next().unwrap_or_default();
    let mut groups = whole.split(sign);
    groups.next().is_some_and(|first| (1..=3).contains(&first.trim_start_matches(['-', '+']).len()))
        && groups.clone().next().is_some()
        && groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether one of the readings of a text is the number.
#[must_use]
pub fn is_number(text: &str, number: f64, tolerance: f64) -> bool {
    // Room for the rounding of decimals.
    let room = tolerance + 1e-9 * number.abs().max(1.0);
    readings(text).into_iter().any(|reading| (reading - number).abs() <= room)
}

impl Question {
    /// What is said to an answer; `None` if it is no answer to this question, such as a text that is no number.
    #[must_use]
    pub fn judge(&self, answer: &Answer) -> Option<Verdict> {
        let explained = |is_right: bool| Verdict { is_right: Some(is_right), says: self.because.clone() };
        match (&self.task, answer) {
            (Task::Number { answer, tolerance, mistakes }, Answer::Number(text)) => {
                let is_right = is_number(text, *answer, *tolerance);
                if !is_right && readings(text).is_empty() {
                    return None;
                }
                let mistake = mistakes.iter().find(|mistake| !is_right && is_number(text, mistake.number, 0.0));
                Some(match mistake {
                    Some(mistake) => Verdict { is_right: Some(false), says: mistake.says.clone() },
                    None => explained(is_right),
                })
            }
            (Task::Gaps(gaps), Answer::Gaps(texts)) if gaps.len() == texts.len() => {
                if texts.iter().any(|text| readings(text).is_empty()) {
                    return None;
                }
                Some(explained(gaps.iter().zip(texts).all(|(gap, text)| is_number(text, gap.answer, 0.0))))
            }
            (Task::Choice(choices), Answer::Choice(choice)) => {
                let Choice { is_right, says, .. } = choices.get(*choice)?;
                let says = [says.as_str(), self.because.as_str()].join(" ").trim().to_owned();
                Some(Verdict { is_right: Some(*is_right), says })
            }
            (Task::Sketch { field, function }, Answer::Sketch(heights)) => {
                let distance = distance(heights, &function.curve(*field, heights.len()), *field)?;
                Some(explained(distance <= SKETCH_TOLERANCE))
            }
            (Task::Unit { .. }, Answer::Unit { is_right, .. }) => Some(explained(*is_right)),
            (Task::Essay { .. }, Answer::Essay { .. }) => Some(Verdict { is_right: None, says: self.because.clone() }),
            _ => None,
        }
    }
}

/// Mean distance of two curves of the same places, as a share of the field's height; `None` without any place.
#[must_use]
pub fn distance(drawn: &[f64], real: &[f64], field: Curve) -> Option<f64> {
    let n = drawn.len().min(real.len());
    let height = field.y[1] - field.y[0];
    let within = |value: f64| value.clamp(field.y[0], field.y[1]);
    let sum: f64 = drawn.iter().zip(real).map(|(drawn, real)| (within(*drawn) - within(*real)).abs()).sum();
    (n > 0 && height > 0.0).then(|| sum / n as f64 / height)
}

impl Function {
    /// Its value.
    #[must_use]
    pub fn at(self, x: f64) -> f64 {
        match self {
            Function::Relu => x.max(0.0),
            Function::Sigmoid => 1.0 / (1.0 + (-x).exp()),
            Function::Tanh => x.tanh(),
        }
    }

    /// Its values at `n` places that are spread evenly over the field.
    #[must_use]
    pub fn curve(self, field: Curve, n: usize) -> Vec<f64> {
        let step = (field.x[1] - field.x[0]) / n.saturating_sub(1).max(1) as f64;
        (0..n).map(|place| self.at(field.x[0] + step * place as f64)).collect()
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Function::Relu => "relu",
            Function::Sigmoid => "sigmoid",
            Function::Tanh => "tanh",
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use crate::lesson::{Gap, Mistake};

    fn question(task: Task) -> Question {
        Question { text: String::new(), task, hints: Vec::new(), because: "because".into() }
    }

    #[test]
    fn thousands_may_be_written_as_one_likes() {
        for text in ["13002", "13,002", "13.002", "13 002", "13\u{202f}002", " 13_002 "] {
            assert!(is_number(text, 13_002.0, 0.0), "{text}");
        }
        for text in ["13003", "1,3002", "130.02", "", "abc", "13,002 or so", "NaN", "inf"] {
            assert!(!is_number(text, 13_002.0, 0.0), "{text}");
        }
        assert!(is_number("1,234,567", 1_234_567.0, 0.0) && is_number("1.234.567", 1_234_567.0, 0.0));
        assert!(is_number("0,97", 0.97, 0.0) && is_number("97 %", 0.97, 0.0) && is_number("97.2%", 0.97, 0.01));
        assert!(is_number("−3", -3.0, 0.0));
    }

    #[test]
    fn a_known_mistake_has_words_of_its_own() {
        let mistakes = vec![Mistake { number: 12_544.0, says: "no biases".into() }];
        let question = question(Task::Number { answer: 12_560.0, tolerance: 0.0, mistakes });
        let judge = |text: &str| question.judge(&Answer::Number(text.into()));
        assert_eq!(judge("12,560").unwrap(), Verdict { is_right: Some(true), says: "because".into() });
        assert_eq!(judge("12544").unwrap(), Verdict { is_right: Some(false), says: "no biases".into() });
        assert_eq!(judge("7").unwrap(), Verdict { is_right: Some(false), says: "because".into() });
        assert_eq!(judge("many"), None);
        assert_eq!(question.judge(&Answer::Choice(0)), None);
    }

    #[test]
    fn all_gaps_must_be_right() {
        let gap = |answer| Gap { label: String::new(), answer };
        let question = question(Task::Gaps(vec![gap(16.0), gap(272.0)]));
        let judge = |texts: [&str; 2]| question.judge(&Answer::Gaps(texts.map(str::to_owned).to_vec()));
        assert_eq!(judge(["16", "272"]).unwrap().is_right, Some(true));
        assert_eq!(judge(["16", "271"]).unwrap().is_right, Some(false));
        assert_eq!(judge(["16", ""]), None);
    }

    #[test]
    fn a_sketch_is_compared_with_the_curve() {
        let field = Curve { x: [-3.0, 3.0], y: [-1.0, 3.0] };
        let question = question(Task::Sketch { field, function: Function::Relu });
        let right = Function::Relu.curve(field, 25);
        assert_eq!(question.judge(&Answer::Sketch(right.clone())).unwrap().is_right, Some(true));
        let straight = (0..25).map(|place| -3.0 + 0.25 * f64::from(place)).collect();
        assert_eq!(question.judge(&Answer::Sketch(straight)).unwrap().is_right, Some(false), "x is not relu of x");
        assert_eq!(question.judge(&Answer::Sketch(Vec::new())), None);
        assert_eq!(right[0], 0.0);
        assert_eq!(right[24], 3.0);
    }
}
