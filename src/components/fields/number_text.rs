//! Numbers as people type them.

use crate::plot::number;

/// A number that can be typed into a field.
///
/// Reading is about the form only: whether a number makes sense in its place is said by
/// [`Experiment::check`](inkling_engine::experiment::Experiment::check).
pub trait NumberText: Copy + PartialEq + Send + Sync + 'static {
    /// The keyboard that a phone offers.
    const INPUT_MODE: &'static str;

    /// Reads a typed text.
    ///
    /// # Errors
    /// What was expected and what was got, as a sentence without a full stop.
    fn read(text: &str) -> Result<Self, String>;

    /// The text of a number; [`read`](NumberText::read) gives the same number again.
    fn write(self) -> String;

    /// The neighbour that an arrow key leads to.
    #[must_use]
    fn stepped(self, direction: Direction) -> Self;
}

/// Which arrow was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the greater neighbour.
    Up,
    /// To the smaller neighbour.
    Down,
}

impl NumberText for u64 {
    const INPUT_MODE: &'static str = "numeric";

    fn read(text: &str) -> Result<u64, String> {
        let shown = shorten(text);
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Err("Expected a whole number, got nothing".to_owned());
        }
        if !trimmed.chars().all(|sign| sign.is_ascii_digit() || is_separator(sign)) {
            return Err(format!("Expected a whole number in digits, got “{shown}”"));
        }
        let digits = ungrouped(trimmed)
            .ok_or_else(|| format!("Expected a whole number such as 500 or 54,000, got “{shown}”"))?;
        digits.parse().map_err(|_| format!("Expected a smaller number, got “{shown}”"))
    }

    fn write(self) -> String {
        self.to_string()
    }

    fn stepped(self, direction: Direction) -> u64 {
        match direction {
            Direction::Up => self.saturating_add(1),
            Direction::Down => self.saturating_sub(1),
        }
    }
}

impl NumberText for usize {
    const INPUT_MODE: &'static str = "numeric";

    fn read(text: &str) -> Result<usize, String> {
        let number = u64::read(text)?;
        usize::try_from(number).map_err(|_| format!("Expected a smaller number, got “{}”", shorten(text)))
    }

    fn write(self) -> String {
        number::thousands(self)
    }

    fn stepped(self, direction: Direction) -> usize {
        match direction {
            Direction::Up => self.saturating_add(1),
            Direction::Down => self.saturating_sub(1),
        }
    }
}

impl NumberText for f64 {
    const INPUT_MODE: &'static str = "decimal";

    fn read(text: &str) -> Result<f64, String> {
        let (trimmed, shown) = (text.trim(), shorten(text));
        if trimmed.is_empty() {
            return Err("Expected a number, got nothing".to_owned());
        }
        if trimmed.contains(',') {
            return Err(format!("Expected a number with a decimal point, such as 0.001, got “{shown}”"));
        }
        match trimmed.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            _ => Err(format!("Expected a number such as 0.001 or 1e-3, got “{shown}”")),
        }
    }

    fn write(self) -> String {
        number::plain(self)
    }

    /// 0.1 → 0.2 → 0.5 → 1.
    fn stepped(self, direction: Direction) -> f64 {
        if self <= 0.0 || !self.is_finite() {
            return self;
        }
        let is_up = direction == Direction::Up;
        let power = self.log10().floor() as i32;
        let rungs = (power - 1..=power + 1).flat_map(|power| [1.0, 2.0, 5.0].map(|rung| decimal(rung, power)));
        let neighbours = rungs.filter(|&rung| if is_up { rung > self * 1.000_1 } else { rung < self * 0.999_9 });
        if is_up { neighbours.fold(f64::INFINITY, f64::min) } else { neighbours.fold(0.0, f64::max) }
    }
}

/// Signs that people put between thousands, as the page does with the comma.
fn is_separator(sign: char) -> bool {
    matches!(sign, ',' | '_' | ' ' | '\'' | '’' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// The digits of a whole number without the separators of its thousands; `None` unless one separator sets groups of
/// three apart: `54,000`, but neither `10,5` nor `1,00,000`.
fn ungrouped(text: &str) -> Option<String> {
    let Some(separator) = text.chars().find(|&sign| is_separator(sign)) else { return Some(text.to_owned()) };
    let mut groups = text.split(separator);
    let is_first_right = groups.next().is_some_and(|group| matches!(group.len(), 1..=3));
    let is_digits = |group: &str| group.chars().all(|sign| sign.is_ascii_digit());
    let are_rest_right = groups.all(|group| group.len() == 3 && is_digits(group));
    (is_first_right && are_rest_right).then(|| text.split(separator).collect())
}

/// `rung · 10^power`, exactly as if it were typed.
fn decimal(rung: f64, power: i32) -> f64 {
    format!("{rung}e{power}").parse().unwrap_or(rung)
}

fn shorten(text: &str) -> String {
    const MAX_SIGNS: usize = 24;
    let trimmed = text.trim();
    let mut short: String = trimmed.chars().take(MAX_SIGNS).collect();
    if trimmed.chars().count() > MAX_SIGNS {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: NumberText + std::fmt::Debug>(text: &str, expected: Result<T, &str>) {
        assert_eq!(T::read(text), expected.map_err(str::to_owned), "{text:?}");
    }

    #[test]
    fn counts_are_digits() {
        check::<usize>("200", Ok(200));
        check::<usize>(" 54,000 ", Ok(54_000));
        check::<usize>("1,234,567", Ok(1_234_567));
        for grouped in ["54 000", "54_000", "54'000", "54\u{a0}000", "54\u{202f}000"] {
            check::<usize>(grouped, Ok(54_000));
        }
        check::<usize>("007", Ok(7));
        check::<usize>("0", Ok(0));
        check::<u64>("9007199254740993", Ok(9_007_199_254_740_993));
    }

    #[test]
    fn text_that_is_not_a_count_is_named() {
        check::<usize>("", Err("Expected a whole number, got nothing"));
        check::<usize>("  ", Err("Expected a whole number, got nothing"));
        for wrong in ["abc", "1e9", "NaN", "-3", "2.5", "3×3", "１２"] {
            check::<usize>(wrong, Err(&format!("Expected a whole number in digits, got “{wrong}”")));
        }
        for wrong in ["10,5", "2,5", "1,00,000", "1,0000", ",500", "500,", "1,000 000", ","] {
            check::<usize>(wrong, Err(&format!("Expected a whole number such as 500 or 54,000, got “{wrong}”")));
        }
        let long = "9".repeat(100);
        check::<usize>(&long, Err(&format!("Expected a smaller number, got “{}…”", "9".repeat(24))));
    }

    #[test]
    fn reals_are_decimals_or_powers_of_ten() {
        check::<f64>("0.001", Ok(0.001));
        check::<f64>("1e-3", Ok(0.001));
        check::<f64>("-3", Ok(-3.0));
        check::<f64>(".5", Ok(0.5));
    }

    #[test]
    fn text_that_is_not_a_real_number_is_named() {
        check::<f64>("", Err("Expected a number, got nothing"));
        check::<f64>("0,001", Err("Expected a number with a decimal point, such as 0.001, got “0,001”"));
        for wrong in ["abc", "NaN", "inf", "-infinity", "1e999", "0.1.2", "--1"] {
            check::<f64>(wrong, Err(&format!("Expected a number such as 0.001 or 1e-3, got “{wrong}”")));
        }
    }

    #[test]
    fn a_written_number_reads_as_itself() {
        for number in [0.0, 0.001, 1e-7, 0.1 + 0.2, 1e300, 123_456.789] {
            check(&number.write(), Ok(number));
        }
        for number in [0, 1, usize::MAX] {
            check(&number.write(), Ok(number));
        }
    }

    #[test]
    fn arrows_climb_a_ladder() {
        let up = std::iter::successors(Some(0.001), |rate| Some(f64::stepped(*rate, Direction::Up)));
        assert_eq!(up.take(5).collect::<Vec<_>>(), [0.001, 0.002, 0.005, 0.01, 0.02]);
        assert_eq!([1.0, 0.003, 0.0].map(|rate| f64::stepped(rate, Direction::Down)), [0.5, 0.002, 0.0]);
        assert_eq!((0usize.stepped(Direction::Down), 9usize.stepped(Direction::Up)), (0, 10));
    }
}
