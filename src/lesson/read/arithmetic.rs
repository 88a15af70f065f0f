//! Arithmetic in the text of a lesson: `784 · 16 + 16 = 12,560` is computed, and refused if it is wrong.

/// Faults of the arithmetic in a text: the byte where it begins, and what is wrong.
#[must_use]
pub fn faults(text: &str) -> Vec<(usize, String)> {
    let mut faults = Vec::new();
    let is_part = |sign: char| sign.is_ascii_digit() || " ,.+-−–·×*/()=".contains(sign);
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), '\n')]) {
        if is_part(sign) {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            faults.extend(check(&text[from..at]).map(|message| (from, message)));
        }
    }
    faults
}

/// LaTeX as plain arithmetic, as far as lessons use it.
#[must_use]
pub fn plain(latex: &str) -> String {
    let words = [
        ("\\cdot", "·"),
        ("\\times", "×"),
        ("{,}", ","),
        ("\\,", " "),
        ("\\;", " "),
        ("\\ ", " "),
        ("\\left", ""),
        ("\\right", ""),
        ("{", " "),
        ("}", " "),
    ];
    words.iter().fold(latex.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// What is wrong with an equation; none if it is right or no arithmetic.
fn check(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', ',']).trim();
    let sides: Vec<&str> = text.split('=').map(str::trim).collect();
    let has_operator = sides.first()?.chars().skip(1).any(|sign| "+-−–·×*/".contains(sign));
    if sides.len() < 2 || !has_operator {
        return None;
    }
    let values: Option<Vec<f64>> = sides.iter().map(|side| Parser::new(side).whole()).collect();
    let values = values?;
    let last = *sides.last()?;
    let n_decimals = last.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    // Half a unit of the last decimal that is written.
    let tolerance =
        0.5 * 10_f64.powi(-(n_decimals as i32)) * f64::from(u8::from(n_decimals > 0)) + 1e-9 * values.last()?.abs();
    let right = values[0];
    let wrong = values.iter().any(|value| (value - right).abs() > tolerance);
    wrong.then(|| format!("the arithmetic is wrong: expected {right} in `{text}`"))
}

/// Recursive descent over `+ - · / ( )`.
struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Parser<'a> {
        Parser { rest: text }
    }

    fn whole(mut self) -> Option<f64> {
        let value = self.sum()?;
        self.rest.trim().is_empty().then_some(value)
    }

    /// Takes one of the signs.
    fn take(&mut self, signs: &str) -> Option<char> {
        let rest = self.rest.trim_start();
        let sign = rest.chars().next().filter(|sign| signs.contains(*sign))?;
        self.rest = &rest[sign.len_utf8()..];
        Some(sign)
    }

    fn sum(&mut self) -> Option<f64> {
        let mut value = self.product()?;
        while let Some(sign) = self.take("+-−–") {
            let other = self.product()?;
            value = if sign == '+' { value + other } else { value - other };
        }
        Some(value)
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.factor()?;
        while let Some(sign) = self.take("·×*/") {
            let other = self.factor()?;
            value = if sign == '/' { value / other } else { value * other };
        }
        Some(value)
    }

    fn factor(&mut self) -> Option<f64> {
        if self.take("-−").is_some() {
            return Some(-self.factor()?);
        }
        if self.take("(").is_some() {
            let value = self.sum()?;
            self.take(")")?;
            return Some(value);
        }
        let rest = self.rest.trim_start();
        let end = rest.find(|sign: char| !(sign.is_ascii_digit() || ".,".contains(sign))).unwrap_or(rest.len());
        let number = rest[..end].trim_end_matches(['.', ',']);
        self.rest = &rest[number.len()..];
        let mut groups = number.split(',').skip(1);
        let is_grouped = groups.all(|group| group.split('.').next().is_some_and(|group| group.len() == 3));
        if is_grouped { number.replace(',', "").parse().ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_arithmetic_passes_and_wrong_is_named() {
        for right in [
            "784 · 16 + 16 = 12,560",
            "So 784 × 16 + 16 = 12,560.",
            "28 · 3 + 5 = 89, the pixel",
            "(3 · 3 · 1 + 1) · 32 = 320",
            "54,000 / 200 = 270",
            "1 / 3 = 0.33",
            "2 + 2 = 1 + 3 = 4",
            "12,560 + 272 + 170 = 13,002",
            "x = 3 and 3, 4 or 5",
            "26 → 13 → 11 → 5",
            "",
        ] {
            assert_eq!(faults(right), [], "{right}");
        }
        assert_eq!(
            faults("As 784 · 16 = 12,545 says"),
            [(2, "the arithmetic is wrong: expected 12544 in `784 · 16 = 12,545`".to_owned())]
        );
        assert_eq!(faults("1 / 3 = 0.34").len(), 1);
    }

    #[test]
    fn formulas_are_read_too() {
        assert_eq!(faults(&plain(r"784 \cdot 16 + 16 = 12{,}560")), []);
        assert_eq!(faults(&plain(r"(3 \cdot 3 \cdot 32 + 1) \cdot 64 = 18{,}497")).len(), 1);
    }
}
