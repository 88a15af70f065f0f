//! A formula that divides the plane in two: `x^2 - 1` (above it), `y < sin(x)`, `x^2 + y^2 < 9`.
//!
//! It is read into steps of a stack machine, so that a formula from a link, however it is nested, is worked out without
//! recursion.

mod reader;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod twin;

use reader::Reader;
use std::fmt;

/// A comparison of two expressions in `x` and `y` (`x1` and `x2`).
#[derive(Debug, Clone)]
pub struct Formula {
    left: Vec<Step>,
    right: Vec<Step>,
    is_less: bool,
    or_equal: bool,
}

/// Where a text stops being a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaError {
    /// Which character, counted from 1.
    pub column: usize,
    /// What would have been right.
    pub expected: String,
    /// What is there.
    pub got: String,
}

impl std::error::Error for FormulaError {}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: expected {}, got {}", self.column, self.expected, self.got)
    }
}

/// What the stack machine does next.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Adds a value.
    Number(f64),
    /// Adds x.
    X,
    /// Adds y.
    Y,
    /// Replaces the last value.
    One(fn(f64) -> f64),
    /// Replaces the last two values.
    Two(fn(f64, f64) -> f64),
}

impl Formula {
    /// The most characters of a formula.
    pub const MAX_LEN: usize = 200;

    /// The formula that a text is. Without a comparison it is the `f(x)` of `y > f(x)`.
    ///
    /// # Errors
    /// If it is none, at the first character that does not fit.
    pub fn parse(text: &str) -> Result<Formula, FormulaError> {
        let signs: Vec<char> = text.chars().take(Formula::MAX_LEN + 1).collect();
        if signs.len() > Formula::MAX_LEN {
            return Err(FormulaError {
                column: Formula::MAX_LEN + 1,
                expected: format!("at most {} characters", Formula::MAX_LEN),
                got: text.chars().count().to_string(),
            });
        }
        let mut reader = Reader::new(&signs);
        reader.sum()?;
        let first = reader.take_steps();
        let Some(sign) = reader.take_one_of(&['<', '>', '≤', '≥']) else {
            reader.end("an operator, \"<\", \">\" or the end")?;
            return Ok(Formula { left: vec![Step::Y], right: first, is_less: false, or_equal: false });
        };
        let or_equal = matches!(sign, '≤' | '≥') || reader.take_one_of(&['=']).is_some();
        reader.sum()?;
        reader.end("an operator or the end")?;
        Ok(Formula { left: first, right: reader.take_steps(), is_less: matches!(sign, '<' | '≤'), or_equal })
    }

    /// Whether the comparison holds at a point; where one of its sides is no number, it does not.
    #[must_use]
    pub fn label(&self, x: f64, y: f64) -> bool {
        let (left, right) = (value(&self.left, x, y), value(&self.right, x, y));
        let is_apart = if self.is_less { left < right } else { left > right };
        is_apart || self.or_equal && left == right
    }

    /// The `f(x)` of `y > f(x)` and the like; NaN for any other comparison.
    #[must_use]
    pub fn value(&self, x: f64) -> f64 {
        let is_free = |steps: &[Step]| !steps.iter().any(|step| matches!(step, Step::Y));
        match (self.left.as_slice(), self.right.as_slice()) {
            ([Step::Y], side) | (side, [Step::Y]) if is_free(side) => value(side, x, f64::NAN),
            _ => f64::NAN,
        }
    }
}

fn value(steps: &[Step], x: f64, y: f64) -> f64 {
    let mut stack = Vec::with_capacity(8);
    // The reader never takes more from the stack than it holds.
    let mut last = f64::NAN;
    for step in steps {
        let value = match *step {
            Step::One(function) => function(last),
            Step::Two(function) => function(stack.pop().unwrap_or(f64::NAN), last),
            Step::Number(_) | Step::X | Step::Y => {
                stack.push(last);
                match *step {
                    Step::Number(number) => number,
                    Step::X => x,
                    _ => y,
                }
            }
        };
        last = value;
    }
    last
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use std::f64::consts::{E, PI};

    #[track_caller]
    fn check_value(text: &str, x: f64, expected: f64) {
        let value = Formula::parse(text).unwrap().value(x);
        assert!((value - expected).abs() < 1e-12, "{text} at {x}: {value} rather than {expected}");
    }

    #[track_caller]
    fn check_error(text: &str, expected: &str) {
        assert_eq!(Formula::parse(text).unwrap_err().to_string(), expected, "{text}");
    }

    #[test]
    fn operators_bind_as_in_mathematics() {
        check_value("1 + 2 * 3", 0.0, 7.0);
        check_value("(1 + 2) * 3", 0.0, 9.0);
        check_value("8 - 3 - 2", 0.0, 3.0);
        check_value("8 / 4 / 2", 0.0, 1.0);
        check_value("2^3^2", 0.0, 512.0);
        check_value("-x^2", 3.0, -9.0);
        check_value("2^-x", 1.0, 0.5);
        check_value("--x", 3.0, 3.0);
        check_value("2 - -x", 3.0, 5.0);
        check_value("2 * -x", 3.0, -6.0);
        check_value("x² + x³", 2.0, 12.0);
        check_value("x₁²^2", 2.0, 16.0);
        check_value("3 · x × 2 − 1 ÷ 4", 1.0, 5.75);
    }

    #[test]
    fn values_side_by_side_are_multiplied() {
        check_value("2x", 3.0, 6.0);
        check_value("3(x+1)", 2.0, 9.0);
        check_value("(x+1)(x-1)", 3.0, 8.0);
        check_value("2x^2", 3.0, 18.0);
        check_value("1/2x", 4.0, 2.0);
        check_value("2pi x1", 1.0, 2.0 * PI);
        check_value("xsin(x)", 1.0, 1.0_f64.sin());
        check_value("2e", 0.0, 2.0 * E);
        check_value("2ex", 1.0, 2.0 * E);
        check_value("x(2)", 4.0, 8.0);
    }

    #[test]
    fn numbers_may_have_points_and_exponents() {
        check_value("1.5", 0.0, 1.5);
        check_value(".5", 0.0, 0.5);
        check_value("2.", 0.0, 2.0);
        check_value("1e-3x", 1.0, 0.001);
        check_value("2E+2", 0.0, 200.0);
    }

    #[test]
    fn functions_are_those_of_their_names() {
        check_value("sin(x) + cos(x) + tan(x)", 0.5, 0.5_f64.sin() + 0.5_f64.cos() + 0.5_f64.tan());
        check_value("exp(x) + ln(x) + log(e^2) + sqrt(x)", 4.0, 4.0_f64.exp() + 4.0_f64.ln() + 4.0);
        check_value("Abs(X) + min(x, 1) + MAX(x, 1)", -2.0, 2.0 - 2.0 + 1.0);
        check_value("sin(π)", 0.0, 0.0);
    }

    #[test]
    fn both_sides_of_a_comparison_may_have_both_variables() {
        let above = Formula::parse("y > x^2 - 1").unwrap();
        assert!(above.label(0.0, 0.0) && !above.label(2.0, 0.0) && !above.label(0.0, -1.0));
        let alone = Formula::parse("x^2 - 1").unwrap();
        assert!(alone.label(0.0, 0.0) && !alone.label(2.0, 0.0) && !alone.label(0.0, -1.0));
        let disc = Formula::parse("x₁^2 + y^2 < 9").unwrap();
        assert!(disc.label(0.0, 0.0) && disc.label(2.0, 2.0) && !disc.label(3.0, 0.0));
        for closed in ["x2 >= 1", "y ≥ 1", "1 <= y", "1≤x₂"] {
            let closed = Formula::parse(closed).unwrap();
            assert!(closed.label(0.0, 1.0) && closed.label(0.0, 2.0) && !closed.label(0.0, 0.0));
        }
    }

    #[test]
    fn only_a_curve_above_x_has_a_value() {
        for curve in ["2x", "y > 2x", "2x >= y", "x2 < 2x"] {
            check_value(curve, 3.0, 6.0);
        }
        for other in ["x^2 + y^2 < 9", "y > y x", "x > 2"] {
            assert!(Formula::parse(other).unwrap().value(1.0).is_nan(), "{other}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_above() {
        for nowhere in ["sqrt(-1)", "0/0", "ln(-1)", "min(0/0, 1)", "max(1, 0/0)", "y < sqrt(-1)", "0/0 >= 0/0"] {
            let formula = Formula::parse(nowhere).unwrap();
            assert!(!formula.label(1.0, 5.0) && !formula.label(1.0, -5.0), "{nowhere}");
        }
    }

    #[test]
    fn mistakes_are_named_with_their_column() {
        check_error("", "column 1: expected a number, x, y or \"(\", got the end");
        check_error("  ", "column 3: expected a number, x, y or \"(\", got the end");
        check_error("y > 2 *", "column 8: expected a number, x, y or \"(\", got the end");
        check_error("x + 2 ** 3", "column 8: expected a number, x, y or \"(\", got \"*\"");
        check_error("x + + 2", "column 5: expected a number, x, y or \"(\", got \"+\"");
        check_error("x 2", "column 3: expected an operator, \"<\", \">\" or the end, got \"2\"");
        check_error("y = x", "column 3: expected an operator, \"<\", \">\" or the end, got \"=\"");
        check_error("y > x < 2", "column 7: expected an operator or the end, got \"<\"");
        check_error("(x + 1", "column 7: expected an operator or \")\", got the end");
        check_error("x)", "column 2: expected an operator, \"<\", \">\" or the end, got \")\"");
        check_error("()", "column 2: expected a number, x, y or \"(\", got \")\"");
        check_error("sin x", "column 5: expected \"(\" after sin, got \"x\"");
        check_error("sin(x, 1)", "column 6: expected an operator or \")\", got \",\"");
        check_error("min(x)", "column 6: expected an operator or \",\", got \")\"");
        check_error("min(x, 1, 2)", "column 9: expected an operator or \")\", got \",\"");
        let names = "x, y, pi, e, sin, cos, tan, exp, ln, log, sqrt, abs, min or max";
        check_error("2 + foo(x)", &format!("column 5: expected {names}, got \"foo\""));
        check_error("yes", &format!("column 3: expected {names}, got \"s\""));
        check_error("1.2.3", "column 1: expected a number, got \"1.2.3\"");
        check_error("x + .", "column 5: expected a number, got \".\"");
        check_error("\"x\"", "column 1: expected a number, x, y or \"(\", got a quote");
        check_error("☃", "column 1: expected a number, x, y or \"(\", got \"☃\"");
    }

    #[test]
    fn numbers_are_read_as_the_standard_library_reads_them() {
        for text in
            ["0", "7", "0.1", "3.14159265358979", ".5", "2.", "1e3", "2.5E-4", "123456789012345", "1e22", "0.000001"]
        {
            check_value(text, 0.0, text.parse().unwrap());
        }
        let close = Formula::parse("12345678901234567890123.5e-30").unwrap().value(0.0);
        assert!((close / 1.234_567_890_123_456_7e-8 - 1.0).abs() < 1e-15, "{close}");
        assert_eq!(Formula::parse("1e99999").unwrap().value(0.0), f64::INFINITY);
    }

    #[test]
    fn length_and_depth_have_a_limit() {
        let long = format!("{}1", "1+".repeat(100));
        check_error(&long, "column 201: expected at most 200 characters, got 201");
        assert!(Formula::parse(&long[2..]).is_ok());
        assert!(Formula::parse(&"(".repeat(1_000_000)).unwrap_err().to_string().ends_with("got 1000000"));
        let nested = |depth: usize| format!("{}x{}", "(".repeat(depth), ")".repeat(depth));
        check_value(&nested(32), 2.0, 2.0);
        check_error(&nested(33), "column 34: expected at most 32 levels of brackets and powers, got \"x\"");
        check_value(&format!("1{}", "^1".repeat(32)), 0.0, 1.0);
        assert!(Formula::parse(&format!("1{}", "^1".repeat(33))).is_err());
        check_value(&format!("{}x", "-".repeat(199)), 2.0, -2.0);
    }
}
