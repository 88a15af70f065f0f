//! Numbers as text: short ones to read, exact ones to compute with.

/// Three significant digits with a true minus sign: `0.0912`, `−12.3`, `1.20e-5`; whole numbers below 1,000 as such.
#[must_use]
pub fn short(value: f32) -> String {
    let digits = digits(value.abs());
    if value < 0.0 { format!("−{digits}") } else { digits }
}

/// The same with a sign in any case, but for zero: `+0.0912`, `−12.3`, `0`.
#[must_use]
pub fn signed(value: f32) -> String {
    if value > 0.0 { format!("+{}", digits(value)) } else { short(value) }
}

/// The shortest digits that give exactly this number, as JavaScript reads numbers: `0.1`, `1e-38`, `Infinity`.
#[must_use]
pub fn exact(value: f32) -> String {
    if value.is_infinite() {
        return if value < 0.0 { "-Infinity" } else { "Infinity" }.to_owned();
    }
    format!("{value:?}").trim_end_matches(".0").to_owned()
}

fn digits(size: f32) -> String {
    if size.is_nan() {
        return "NaN".to_owned();
    }
    if size.is_infinite() {
        return "∞".to_owned();
    }
    if size < 1_000.0 && size.fract() == 0.0 {
        return format!("{size:.0}");
    }
    // What counts is the exponent after rounding: 0.09996 reads 0.100.
    let rounded = format!("{size:.2e}");
    let exponent: i32 = rounded.rsplit('e').next().and_then(|exponent| exponent.parse().ok()).unwrap_or_default();
    match exponent {
        -3..=4 => format!("{size:.*}", usize::try_from(2 - exponent).unwrap_or_default()),
        _ => rounded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_count() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (0.091_23, "0.0912"),
            (0.099_96, "0.100"),
            (-3.583, "−3.58"),
            (1.0, "1"),
            (0.5, "0.500"),
            (12.34, "12.3"),
            (421.9, "422"),
            (54_321.0, "54321"),
            (0.001_234, "0.00123"),
            (1.2e-5, "1.20e-5"),
            (-2.5e7, "−2.50e7"),
            (f32::NAN, "NaN"),
            (f32::NEG_INFINITY, "−∞"),
        ];
        for (value, expected) in cases {
            assert_eq!(short(value), expected, "{value}");
        }
    }

    #[test]
    fn a_sign_is_always_there() {
        assert_eq!([0.5, -0.5, 0.0, 2.0].map(signed), ["+0.500", "−0.500", "0", "+2"]);
    }

    #[test]
    fn exact_numbers_are_the_number_itself() {
        for value in [0.1, -1e-38, 16_777_216.0, f32::MIN_POSITIVE, 1.0 / 3.0, 0.0] {
            assert_eq!(exact(value).parse(), Ok(value));
        }
        assert_eq!([1.0, 100.0, f32::INFINITY].map(exact), ["1", "100", "Infinity"]);
    }
}
