//! How numbers and sums of a step are written.

use crate::plot::decimals::Decimals;

/// Units, and terms of a sum, that are written out.
pub const N_SHOWN: usize = 8;

/// A number with four telling digits and a true minus sign.
#[must_use]
pub fn number(value: f32) -> String {
    let size = value.abs();
    if value.is_nan() {
        return "NaN".to_owned();
    }
    let text = if size.is_infinite() {
        "∞".to_owned()
    } else if size != 0.0 && !(1e-6..1e6).contains(&size) {
        format!("{size:.2e}").replace("e-", "e−")
    } else {
        return signless_zero(Decimals::of([size]).texts(&[value]).1);
    };
    if value < 0.0 { format!("−{text}") } else { text }
}

/// A number as a factor or below a square: a negative one in parentheses.
#[must_use]
pub fn factor(value: f32) -> String {
    let text = number(value);
    if text.starts_with('−') { format!("({text})") } else { text }
}

/// Parts with the signs between them: `0.5 − 2.0 + 0.1`.
#[must_use]
pub fn joined(parts: &[String]) -> String {
    let mut text = String::new();
    for (idx, part) in parts.iter().enumerate() {
        match (idx, part.strip_prefix('−')) {
            (0, _) => text.push_str(part),
            (_, Some(size)) => text.push_str(&format!(" − {size}")),
            (_, None) => text.push_str(&format!(" + {part}")),
        }
    }
    text
}

/// A sum of products, written out.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenSum {
    /// With its factors: `0.52·1.30 − 0.31·2.10 + 0.10`.
    pub factors: String,
    /// With its terms, which add up as written: `0.676 − 0.651 + 0.100`.
    pub terms: String,
    /// What it comes to.
    pub total: String,
    /// Whether the terms say more than the factors.
    pub is_a_sum: bool,
}

/// Writes the sum of the products `(weight, other)` and the bias; of many products, what the others come to.
#[must_use]
pub fn written_sum(products: &[(f32, f32)], bias: Option<f32>) -> WrittenSum {
    let (shown, others) = products.split_at(products.len().min(N_SHOWN));
    let mut factors: Vec<String> =
        shown.iter().map(|(weight, other)| format!("{}·{}", number(*weight), factor(*other))).collect();
    let mut values: Vec<f32> = shown.iter().map(|(weight, other)| weight * other).collect();
    if !others.is_empty() {
        factors.push(more_terms(others.len()));
        values.push(others.iter().map(|(weight, other)| weight * other).sum());
    }
    if let Some(bias) = bias {
        factors.push(number(bias));
        values.push(bias);
    }
    let total: f32 = values.iter().sum();
    let (mut terms, total) = decimals(&values, total).texts(&values);
    for (term, value) in terms.iter_mut().zip(&values) {
        if *value == 0.0 {
            *term = "0".to_owned();
        }
    }
    if !others.is_empty() {
        let place = shown.len();
        terms[place] = format!("{} ({})", terms[place], more_terms(others.len()));
    }
    WrittenSum { factors: joined(&factors), terms: joined(&terms), total, is_a_sum: values.len() > 1 }
}

/// Four telling digits for the largest term, and where the sum is smaller up to two more, since it is reckoned with.
fn decimals(terms: &[f32], total: f32) -> Decimals {
    let digits = |value: f32| if value == 0.0 { 3 } else { (3 - value.abs().log10().floor() as i32).clamp(0, 9) };
    let largest =
        terms.iter().copied().filter(|term| term.is_finite()).fold(total.abs(), |size, term| size.max(term.abs()));
    let least = digits(largest);
    Decimals::new(digits(total).clamp(least, (least + 2).min(9)) as usize)
}

fn more_terms(n: usize) -> String {
    if n == 1 { "1 more term".to_owned() } else { format!("{n} more terms") }
}

fn signless_zero(text: String) -> String {
    if text.chars().all(|letter| matches!(letter, '−' | '0' | '.')) { "0".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a written sum as numbers.
    fn read(text: &str) -> Vec<f64> {
        let text = text.replace(" − ", " + −");
        text.split(" + ").filter_map(|part| part.split(' ').next()?.replace('−', "-").parse().ok()).collect()
    }

    #[test]
    fn a_sum_adds_up_as_written() {
        let sum = written_sum(&[(0.52, 1.3), (-0.31, 2.1), (0.7, -0.25)], Some(0.1));
        assert_eq!(sum.factors, "0.5200·1.300 − 0.3100·2.100 + 0.7000·(−0.2500) + 0.1000");
        assert_eq!((sum.terms.as_str(), sum.total.as_str()), ("0.67600 − 0.65100 − 0.17500 + 0.10000", "−0.05000"));
    }

    #[test]
    fn many_terms_are_put_together_and_still_add_up() {
        let products: Vec<(f32, f32)> = (0..20).map(|n| (0.37 * n as f32 - 2.0, 1.0 / (n + 1) as f32)).collect();
        let sum = written_sum(&products, Some(-0.5));
        assert!(sum.factors.contains(" + 12 more terms − 0.5000"), "{}", sum.factors);
        assert!(sum.terms.contains("(12 more terms)"), "{}", sum.terms);
        let parts = read(&sum.terms);
        assert_eq!(parts.len(), N_SHOWN + 2);
        let total: f64 = sum.total.replace('−', "-").parse().unwrap_or(f64::NAN);
        assert!((parts.iter().sum::<f64>() - total).abs() < 1e-9, "{parts:?} {total}");
    }

    #[test]
    fn nothing_is_written_as_nothing() {
        let sum = written_sum(&[(0.5, 0.0), (0.25, 2.0)], None);
        assert_eq!((sum.factors.as_str(), sum.terms.as_str()), ("0.5000·0 + 0.2500·2.000", "0 + 0.5000"));
    }

    #[test]
    fn numbers_have_four_digits_and_odd_ones_a_name() {
        assert_eq!([1.0, -0.5, 0.0, 12.345_6].map(number), ["1.000", "−0.5000", "0", "12.35"]);
        assert_eq!([1.5e-7, f32::NAN, f32::NEG_INFINITY].map(number), ["1.50e−7", "NaN", "−∞"]);
        assert_eq!(factor(-2.0), "(−2.000)");
    }
}
