//! The errors that a check collects, and numbers as text.

use super::{ExperimentError, Place};
use std::fmt::Display;

/// Collects mistakes in reading order.
#[derive(Debug, Default)]
pub struct ValidationErrors(pub Vec<ExperimentError>);

impl ValidationErrors {
    /// Notes a mistake.
    pub fn add(&mut self, place: Place, expected: impl Into<String>, got: impl Display) {
        self.0.push(ExperimentError { place, part: None, expected: expected.into(), got: got.to_string() });
    }

    /// Notes a mistake in one of several numbers that share a place; the message names it at its end.
    pub fn add_part(&mut self, place: Place, part: &'static str, expected: &str, got: String) {
        let expected = format!("{expected} for {part}");
        self.0.push(ExperimentError { place, part: Some(part), expected, got });
    }

    /// Notes a mistake unless `is_right`.
    pub fn require(&mut self, is_right: bool, place: Place, expected: impl Into<String>, got: impl Display) {
        if !is_right {
            self.add(place, expected, got);
        }
    }
}

/// `1234567` as `1,234,567`.
#[must_use]
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (digit_idx, digit) in digits.chars().enumerate() {
        if digit_idx > 0 && (digits.len() - digit_idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_are_set_apart() {
        let numbers = [0, 999, 1_000, 34_826, 8_000_000].map(thousands);
        assert_eq!(numbers, ["0", "999", "1,000", "34,826", "8,000,000"]);
    }
}
