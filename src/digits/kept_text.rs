//! Digits as the text that a browser keeps across visits: a line each with the label, a space, and the pixels in base64url.

use super::{DigitImage, MAX_OWN_DIGITS, OwnDigit};
use crate::link::base64url;

/// The text of digits.
#[must_use]
pub fn write(digits: &[OwnDigit]) -> String {
    let line = |digit: &OwnDigit| format!("{} {}\n", digit.label(), base64url::encode(digit.image().bytes()));
    digits.iter().map(line).collect()
}

/// The digits of a text, and how many of its lines are damaged.
#[must_use]
pub fn read(text: &str) -> (Vec<OwnDigit>, usize) {
    let digit = |line: &str| {
        let (label, pixels) = line.split_once(' ')?;
        OwnDigit::new(label.parse().ok()?, DigitImage::from_bytes(&base64url::decode(pixels)?)?)
    };
    let n_lines = text.lines().count();
    let digits: Vec<OwnDigit> = text.lines().filter_map(digit).take(MAX_OWN_DIGITS).collect();
    let n_damaged = n_lines - digits.len();
    (digits, n_damaged)
}

#[cfg(test)]
mod tests {
    use super::super::csv::tests::some_digits;
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let digits = some_digits(30);
        assert_eq!(read(&write(&digits)), (digits, 0));
        assert_eq!(read(""), (vec![], 0));
    }

    #[test]
    fn damaged_lines_are_counted_and_left_out() {
        let digits = some_digits(3);
        let text = write(&digits);
        let lines: Vec<&str> = text.lines().collect();
        let damaged = [lines[0], "garbage", &lines[1][..500], lines[2], "11 AAAA", "{\"a\": 1}"].join("\n");
        assert_eq!(read(&damaged), (vec![digits[0].clone(), digits[2].clone()], 4));
    }
}
