//! Numbers as short text.

/// Three significant digits, with a true minus sign: `0.912`, `−12.3`, `1.2e-5`.
#[must_use]
pub fn figure(value: f32) -> String {
    let size = value.abs();
    let digits = if !value.is_finite() {
        return if value.is_nan() { "NaN".to_owned() } else { format!("{}∞", if value < 0.0 { "−" } else { "" }) };
    } else if size == 0.0 {
        "0".to_owned()
    } else if !(1e-3..1e5).contains(&size) {
        format!("{size:.1e}")
    } else if size < 1.0 {
        format!("{size:.3}")
    } else if size < 10.0 {
        format!("{size:.2}")
    } else if size < 100.0 {
        format!("{size:.1}")
    } else {
        format!("{size:.0}")
    };
    if value < 0.0 { format!("−{digits}") } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (0.91234, "0.912"),
            (-3.583, "−3.58"),
            (12.34, "12.3"),
            (421.9, "422"),
            (1.2e-5, "1.2e-5"),
            (-2.5e7, "−2.5e7"),
            (f32::NAN, "NaN"),
            (f32::NEG_INFINITY, "−∞"),
        ];
        for (value, expected) in cases {
            assert_eq!(figure(value), expected);
        }
    }
}
