//! Weights as people type them.

/// Largest typed weight, in size: far above what training gives, and too small to overflow a sum.
pub const MAX_WEIGHT: f32 = 100.0;

/// Reads a typed weight.
///
/// # Errors
/// What was expected and what was got, as a sentence without a full stop.
pub fn read_weight(text: &str) -> Result<f32, String> {
    let trimmed = text.trim();
    let shown: String = trimmed.chars().take(24).collect();
    if trimmed.is_empty() {
        return Err("Expected a number, got nothing".to_owned());
    }
    if trimmed.contains(',') {
        return Err(format!("Expected a number with a decimal point, such as -0.25, got “{shown}”"));
    }
    // The page writes minus signs as such.
    match trimmed.replace('−', "-").parse::<f32>() {
        Ok(weight) if weight.is_nan() => Err(format!("Expected a number such as -0.25, got “{shown}”")),
        Ok(weight) if weight.abs() > MAX_WEIGHT => {
            Err(format!("Expected a weight from −{MAX_WEIGHT} to {MAX_WEIGHT}, got “{shown}”"))
        }
        Ok(weight) => Ok(weight),
        Err(_) => Err(format!("Expected a number such as -0.25, got “{shown}”")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::number::three_digits;

    #[test]
    fn weights_are_decimals_of_either_sign() {
        let cases = [("0.25", 0.25), (" -1 ", -1.0), ("−.5", -0.5), ("1e-3", 0.001), ("100", 100.0)];
        for (text, expected) in cases {
            assert_eq!(read_weight(text), Ok(expected), "{text}");
        }
        for weight in [0.123_f32, -2.5, 0.0] {
            assert_eq!(read_weight(&three_digits(weight)), Ok(weight), "what is shown can be typed");
        }
    }

    #[test]
    fn text_that_is_not_a_weight_is_named() {
        let expect = |text: &str, expected: &str| assert_eq!(read_weight(text), Err(expected.to_owned()));
        expect("", "Expected a number, got nothing");
        expect("0,5", "Expected a number with a decimal point, such as -0.25, got “0,5”");
        expect("NaN", "Expected a number such as -0.25, got “NaN”");
        expect("abc", "Expected a number such as -0.25, got “abc”");
        expect("1e9", "Expected a weight from −100 to 100, got “1e9”");
        expect("inf", "Expected a weight from −100 to 100, got “inf”");
    }
}
