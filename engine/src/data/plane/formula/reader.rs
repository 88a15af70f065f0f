//! From a formula's text to its steps, by hand: a parser library would be twice as large in the program. The grammar,
//! loosest first:
//!
//! ```text
//! formula = sum [ ("<" | ">" | "<=" | ">=") sum ]
//! sum     = product { ("+" | "-") product }
//! product = signed { ["*" | "/"] signed }          without a sign between them: times
//! signed  = { "-" } power
//! power   = value { "²" | "³" } [ "^" signed ]
//! value   = number | "x" | "y" | "pi" | "e" | "(" sum ")" | function "(" sum { "," sum } ")"
//! ```

use super::{FormulaError, Step};
use std::f64::consts::{E, PI};

/// Brackets, functions and powers inside each other.
const MAX_DEPTH: usize = 32;
/// The most characters of a word that an error shows.
const MAX_SHOWN: usize = 20;

const VALUE: &str = "a number, x, y or \"(\"";
const NAME: &str = "x, y, pi, e, sin, cos, tan, exp, ln, log, sqrt, abs, min or max";

/// What a name stands for, and how many values it takes. A name comes before the ones that it begins with.
const NAMES: [(&str, usize, Step); 19] = [
    ("x₁", 0, Step::X),
    ("x1", 0, Step::X),
    ("x₂", 0, Step::Y),
    ("x2", 0, Step::Y),
    ("x", 0, Step::X),
    ("y", 0, Step::Y),
    ("pi", 0, Step::Number(PI)),
    ("π", 0, Step::Number(PI)),
    ("exp", 1, Step::One(f64::exp)),
    ("e", 0, Step::Number(E)),
    ("sin", 1, Step::One(f64::sin)),
    ("cos", 1, Step::One(f64::cos)),
    ("tan", 1, Step::One(f64::tan)),
    ("ln", 1, Step::One(f64::ln)),
    ("log", 1, Step::One(f64::ln)),
    ("sqrt", 1, Step::One(f64::sqrt)),
    ("abs", 1, Step::One(f64::abs)),
    ("min", 2, Step::Two(|a, b| if a.is_nan() || a < b { a } else { b })),
    ("max", 2, Step::Two(|a, b| if a.is_nan() || a > b { a } else { b })),
];

/// Reads signs into steps.
pub struct Reader<'a> {
    signs: &'a [char],
    place: usize,
    depth: usize,
    steps: Vec<Step>,
}

/// Whether a sign is white space. All that Unicode calls so would be a table in the program.
fn is_blank(sign: &char) -> bool {
    matches!(sign, ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{202f}')
}

fn begins_name(sign: char) -> bool {
    sign.is_ascii_alphabetic() || sign == 'π'
}

/// Whether what was looked for is there and was taken.
type Read = Result<(), FormulaError>;

impl<'a> Reader<'a> {
    /// Nothing is read yet.
    pub fn new(signs: &'a [char]) -> Reader<'a> {
        Reader { signs, place: 0, depth: 0, steps: vec![] }
    }

    /// The steps of what was read since they were last taken.
    pub fn take_steps(&mut self) -> Vec<Step> {
        std::mem::take(&mut self.steps)
    }

    /// The next sign that is not white space; it is not taken.
    fn peek(&mut self) -> Option<char> {
        while self.signs.get(self.place).is_some_and(is_blank) {
            self.place += 1;
        }
        self.signs.get(self.place).copied()
    }

    /// Takes the next sign if it is one of these.
    pub fn take_one_of(&mut self, signs: &[char]) -> Option<char> {
        let sign = self.peek().filter(|sign| signs.contains(sign))?;
        self.place += 1;
        Some(sign)
    }

    fn error(&mut self, expected: &str) -> FormulaError {
        let got = match self.peek() {
            None => "the end".to_owned(),
            Some(sign) => {
                let rest = &self.signs[self.place..];
                let n_word = rest.iter().take_while(|sign| sign.is_ascii_alphanumeric() || **sign == '.').count();
                let word = rest.iter().take(n_word.clamp(1, MAX_SHOWN)).collect::<String>();
                if sign == '"' { "a quote".to_owned() } else { format!("\"{word}\"") }
            }
        };
        FormulaError { column: self.place + 1, expected: expected.to_owned(), got }
    }

    fn expect(&mut self, sign: char, expected: &str) -> Read {
        if self.take_one_of(&[sign]).is_some() { Ok(()) } else { Err(self.error(expected)) }
    }

    /// Fails unless all was read.
    pub fn end(&mut self, expected: &str) -> Read {
        if self.peek().is_none() { Ok(()) } else { Err(self.error(expected)) }
    }

    /// Terms, with `+` or `-` between them.
    pub fn sum(&mut self) -> Read {
        self.product()?;
        while let Some(sign) = self.take_one_of(&['+', '-', '−', '–']) {
            self.product()?;
            self.steps.push(Step::Two(if sign == '+' { |a, b| a + b } else { |a, b| a - b }));
        }
        Ok(())
    }

    fn product(&mut self) -> Read {
        self.signed()?;
        loop {
            let sign = self.take_one_of(&['*', '·', '⋅', '×', '/', '÷']);
            match sign {
                Some(_) => self.signed()?,
                None if self.peek().is_some_and(|sign| sign == '(' || begins_name(sign)) => self.power()?,
                None => return Ok(()),
            }
            self.steps.push(Step::Two(if matches!(sign, Some('/' | '÷')) { |a, b| a / b } else { |a, b| a * b }));
        }
    }

    fn signed(&mut self) -> Read {
        let mut is_negative = false;
        while self.take_one_of(&['-', '−', '–']).is_some() {
            is_negative = !is_negative;
        }
        self.power()?;
        if is_negative {
            self.steps.push(Step::One(|a| -a));
        }
        Ok(())
    }

    fn power(&mut self) -> Read {
        self.value()?;
        while let Some(sign) = self.take_one_of(&['²', '³']) {
            self.steps.push(Step::One(if sign == '²' { |a| a * a } else { |a| a * a * a }));
        }
        if self.take_one_of(&['^']).is_some() {
            self.nested(Reader::signed)?;
            self.steps.push(Step::Two(f64::powf));
        }
        Ok(())
    }

    fn value(&mut self) -> Read {
        match self.peek() {
            Some('(') => {
                self.place += 1;
                self.nested(Reader::sum)?;
                self.expect(')', "an operator or \")\"")
            }
            Some(sign) if sign.is_ascii_digit() || sign == '.' => self.number(),
            Some(sign) if begins_name(sign) => self.name(),
            _ => Err(self.error(VALUE)),
        }
    }

    /// Reads what is one level deeper.
    fn nested(&mut self, inner: fn(&mut Self) -> Read) -> Read {
        if self.depth == MAX_DEPTH {
            return Err(self.error(&format!("at most {MAX_DEPTH} levels of brackets and powers")));
        }
        self.depth += 1;
        inner(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn number(&mut self) -> Read {
        let rest = &self.signs[self.place..];
        let n_digits = |from: usize| rest[from..].iter().take_while(|sign| sign.is_ascii_digit()).count();
        let mut end = rest.iter().take_while(|sign| sign.is_ascii_digit() || **sign == '.').count();
        // Without digits after it, e is the constant.
        if matches!(rest.get(end), Some('e' | 'E')) {
            let begin = end + 1 + usize::from(matches!(rest.get(end + 1), Some('+' | '-')));
            let n_exponent = if begin < rest.len() { n_digits(begin) } else { 0 };
            end = if n_exponent > 0 { begin + n_exponent } else { end };
        }
        let read = &rest[..end];
        let n_points = read.iter().filter(|sign| **sign == '.').count();
        if n_points > 1 || !read.iter().any(char::is_ascii_digit) {
            return Err(self.error("a number"));
        }
        let number = number(read);
        self.place += end;
        self.steps.push(Step::Number(number));
        Ok(())
    }

    fn name(&mut self) -> Read {
        let rest = &self.signs[self.place..];
        let begins = |name: &str| {
            let mut signs = rest.iter();
            name.chars().all(|sign| signs.next().is_some_and(|found| found.to_ascii_lowercase() == sign))
        };
        let Some(&(name, n_values, step)) = NAMES.iter().find(|(name, ..)| begins(name)) else {
            return Err(self.error(NAME));
        };
        self.place += name.chars().count();
        if n_values > 0 {
            self.expect('(', &format!("\"(\" after {name}"))?;
            self.nested(Reader::sum)?;
            for _ in 1..n_values {
                self.expect(',', "an operator or \",\"")?;
                self.nested(Reader::sum)?;
            }
            self.expect(')', "an operator or \")\"")?;
        }
        self.steps.push(step);
        Ok(())
    }
}

/// The number that digits, a point and an exponent stand for: to the last bit up to 15 digits and 22 decimals. The standard
/// library's reader is right for all, with tables that are ten times the size of this file's program.
fn number(signs: &[char]) -> f64 {
    let (mut mantissa, mut exponent, mut is_fraction) = (0_u64, 0_i32, false);
    let mut rest = signs.iter();
    for &sign in rest.by_ref() {
        match sign.to_digit(10) {
            Some(digit) if mantissa < u64::MAX / 10 - 10 => {
                mantissa = 10 * mantissa + u64::from(digit);
                exponent -= i32::from(is_fraction);
            }
            // Digits that no longer fit count by their place alone.
            Some(_) => exponent += i32::from(!is_fraction),
            None if sign == '.' => is_fraction = true,
            None => break,
        }
    }
    let is_negative = rest.clone().next() == Some(&'-');
    let written = rest.filter_map(|sign| sign.to_digit(10));
    let written = written.fold(0_i32, |sum, digit| sum.saturating_mul(10).saturating_add(digit as i32)).min(10_000);
    exponent += if is_negative { -written } else { written };
    let power = 10_f64.powi(exponent.abs());
    if exponent < 0 { mantissa as f64 / power } else { mantissa as f64 * power }
}
