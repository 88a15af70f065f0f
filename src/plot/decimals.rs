//! Numbers of a sum, written with the same decimals, so that the parts as written add up to the sum as written.

use super::number::three_digits;

/// Significant digits of the largest number.
const DIGITS: i32 = 4;
/// Decimals of the smallest numbers that are told from zero.
const MAX_DECIMALS: i32 = 9;

/// How many decimals the numbers of a sum have. A number is counted in units of the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimals(usize);

impl Decimals {
    /// A given number of decimals.
    #[must_use]
    pub const fn new(n: usize) -> Decimals {
        Decimals(n)
    }

    /// As many as give the largest of the numbers four significant digits.
    #[must_use]
    pub fn of(numbers: impl IntoIterator<Item = f32>) -> Decimals {
        let finite = numbers.into_iter().map(f32::abs).filter(|size| size.is_finite());
        let largest = finite.fold(0.0, f32::max);
        let exponent = if largest > 0.0 { largest.log10().floor() as i32 } else { 0 };
        Decimals((DIGITS - 1 - exponent).clamp(0, MAX_DECIMALS) as usize)
    }

    /// The nearest whole number of units; 0 for what is not a number.
    #[must_use]
    pub fn round(self, value: f64) -> i64 {
        (value * self.per_unit()).round() as i64
    }

    /// The parts in units, each next to its value, so that they add up to `total`: the largest remainders are rounded up.
    /// What rounding alone does not explain stays with the last part.
    #[must_use]
    pub fn split(self, parts: &[f64], total: i64) -> Vec<i64> {
        let exact: Vec<f64> = parts.iter().map(|part| part * self.per_unit()).collect();
        let mut units: Vec<i64> = exact.iter().map(|part| part.floor() as i64).collect();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by(|a, b| (exact[*b] - exact[*b].floor()).total_cmp(&(exact[*a] - exact[*a].floor())));
        let mut missing = total.saturating_sub(units.iter().sum());
        for idx in order {
            if missing > 0 && exact[idx] != exact[idx].floor() {
                units[idx] += 1;
                missing -= 1;
            }
        }
        if let Some(last) = units.last_mut() {
            *last += missing;
        }
        units
    }

    /// As text: `0.123`, `−12.30`.
    #[must_use]
    pub fn text(self, units: i64) -> String {
        let size = format!("{:.*}", self.0, units.unsigned_abs() as f64 / self.per_unit());
        if units < 0 { format!("−{size}") } else { size }
    }

    /// As text with its sign, but for zero: `+0.123`.
    #[must_use]
    pub fn signed_text(self, units: i64) -> String {
        if units > 0 { format!("+{}", self.text(units)) } else { self.text(units) }
    }

    /// The texts of some parts and of their sum. Where one is not a number nothing is adjusted.
    #[must_use]
    pub fn texts(self, parts: &[f32]) -> (Vec<String>, String) {
        let sum: f64 = parts.iter().map(|part| f64::from(*part)).sum();
        if !sum.is_finite() {
            return (parts.iter().copied().map(three_digits).collect(), three_digits(sum as f32));
        }
        let exact: Vec<f64> = parts.iter().copied().map(f64::from).collect();
        let total = self.round(sum);
        (self.split(&exact, total).into_iter().map(|units| self.text(units)).collect(), self.text(total))
    }

    fn per_unit(self) -> f64 {
        10_f64.powi(self.0 as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_number_has_four_digits() {
        let cases = [(12.34, 2), (3.583, 3), (0.0912, 5), (54_321.0, 0), (0.0, 3), (1e-12, 9)];
        for (largest, decimals) in cases {
            assert_eq!(Decimals::of([-largest, 0.0, f32::NAN]), Decimals(decimals), "{largest}");
        }
    }

    #[test]
    fn parts_add_up_as_written() {
        let decimals = Decimals::new(2);
        // Rounded one by one these would give 0.99.
        let third = 1.0 / 3.0;
        assert_eq!(decimals.split(&[third, third, third], 100), [34, 33, 33]);
        assert_eq!(decimals.split(&[1.002, -0.003], 100), [100, 0]);
        assert!(decimals.split(&[], 0).is_empty());
    }

    #[test]
    fn every_part_is_next_to_its_value() {
        let parts: Vec<f64> = (0..40).map(|n| f64::from(n * n % 37) / 7.0 - 2.5).collect();
        let decimals = Decimals::new(1);
        let total = decimals.round(parts.iter().sum());
        let units = decimals.split(&parts, total);
        assert_eq!(units.iter().sum::<i64>(), total);
        assert!(parts.iter().zip(&units).all(|(part, units)| (part * 10.0 - *units as f64).abs() < 1.0));
    }

    #[test]
    fn texts_have_a_true_minus_and_the_same_decimals() {
        let (parts, total) = Decimals::new(3).texts(&[0.5, -2.0, 0.000_4]);
        assert_eq!((parts.join(" "), total.as_str()), ("0.500 −2.000 0.000".to_owned(), "−1.500"));
        let (parts, total) = Decimals::new(3).texts(&[f32::NAN, 1.0]);
        assert_eq!((parts.join(" "), total.as_str()), ("NaN 1.00".to_owned(), "NaN"));
    }
}
