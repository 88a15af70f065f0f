//! Numbers as people read them: counts, shares, losses, times, sizes.

pub use inkling_engine::experiment::thousands;

/// A share as a percentage with two decimals: `98.68 %`; a share that is not quite 1 never reads 100.
#[must_use]
pub fn percent(share: f64) -> String {
    if !share.is_finite() {
        return "–".to_owned();
    }
    format!("{:.2} %", hundredths_of_percent(share) as f64 / 100.0)
}

/// A share in hundredths of a percent, as it is shown.
#[must_use]
pub fn hundredths_of_percent(share: f64) -> i64 {
    let hundredths = (share * 10_000.0).round() as i64;
    if share < 1.0 { hundredths.min(9_999) } else { hundredths }
}

/// A loss with three telling digits: `0.0391`, `2.30`, `1.2e-5`.
#[must_use]
pub fn loss(loss: f64) -> String {
    let size = loss.abs();
    match size {
        _ if !loss.is_finite() => "not a number".to_owned(),
        0.0 => "0".to_owned(),
        _ if !(1e-4..1e5).contains(&size) => format!("{loss:.1e}"),
        _ => format!("{loss:.*}", (2 - size.log10().floor() as i32).clamp(0, 6) as usize),
    }
}

/// A number as short as it can be written without loss: `0.001`, `1e-7`.
#[must_use]
pub fn plain(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-4..1e6).contains(&size) { format!("{number:e}") } else { number.to_string() }
}

/// A time: `0.4 s`, `52 s`, `1 min 35 s`, `2 h 5 min`.
#[must_use]
pub fn seconds(seconds: f64) -> String {
    if !seconds.is_finite() || seconds < 0.0 {
        return "–".to_owned();
    }
    if seconds < 9.95 {
        return format!("{seconds:.1} s");
    }
    let whole = seconds.round() as u64;
    match whole {
        0..60 => format!("{whole} s"),
        60..3_600 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3_600, whole % 3_600 / 60),
    }
}

/// A download's size in units of 1,000: `10.8 MB`, `139 kB`.
#[must_use]
pub fn bytes(n_bytes: usize) -> String {
    match n_bytes {
        0..1_000 => format!("{n_bytes} B"),
        1_000..1_000_000 => format!("{:.0} kB", n_bytes as f64 / 1e3),
        _ => format!("{:.1} MB", n_bytes as f64 / 1e6),
    }
}

/// A share as a percentage with one decimal; 100 % and 0 % mean exactly that.
#[must_use]
pub fn percent_to_tenth(share: f32) -> String {
    let tenths = share * 1000.0;
    let shown = match tenths.round() as i32 {
        1000 if share < 1.0 => return "> 99.9 %".to_owned(),
        0 if share > 0.0 => return "< 0.1 %".to_owned(),
        tenths => f64::from(tenths) / 10.0,
    };
    format!("{shown:.1} %")
}

/// A probability with three decimals, so that several can be compared at a glance: `0.989`, `< .001`.
#[must_use]
pub fn probability(value: f32) -> String {
    if value > 0.0 && value < 0.0005 { "< .001".to_owned() } else { format!("{value:.3}") }
}

/// Three significant digits, with a true minus sign: `0.912`, `−12.3`, `1.2e-5`.
#[must_use]
pub fn three_digits(value: f32) -> String {
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
    fn shares_are_rounded_but_never_up_to_all() {
        assert_eq!(percent(0.98684), "98.68 %");
        assert_eq!(percent(0.999_99), "99.99 %");
        assert_eq!(percent(1.0), "100.00 %");
        assert_eq!(percent(f64::NAN), "–");
    }

    #[test]
    fn losses_keep_three_digits() {
        assert_eq!([2.304_585, 0.039_123, 12.345, 1_234.5, 0.0].map(loss), ["2.30", "0.0391", "12.3", "1234", "0"]);
        assert_eq!(loss(1.234e-5), "1.2e-5");
        assert_eq!(loss(f64::INFINITY), "not a number");
    }

    #[test]
    fn plain_numbers_lose_nothing() {
        assert_eq!([0.001, 1e-7, 0.2, 100.0, 0.0].map(plain), ["0.001", "1e-7", "0.2", "100", "0"]);
    }

    #[test]
    fn times_come_in_the_two_largest_units() {
        assert_eq!(
            [0.42, 9.96, 52.4, 95.0, 7_500.0].map(seconds),
            ["0.4 s", "10 s", "52 s", "1 min 35 s", "2 h 5 min"]
        );
        assert_eq!(seconds(f64::INFINITY), "–");
    }

    #[test]
    fn sizes_are_decimal() {
        assert_eq!([12, 139_304, 10_812_345].map(bytes), ["12 B", "139 kB", "10.8 MB"]);
    }

    #[test]
    fn percentages_do_not_exaggerate() {
        let cases = [(1.0, "100.0 %"), (0.99998, "> 99.9 %"), (0.984, "98.4 %"), (0.0, "0.0 %"), (2e-5, "< 0.1 %")];
        for (share, expected) in cases {
            assert_eq!(percent_to_tenth(share), expected);
        }
    }

    #[test]
    fn probabilities_have_three_decimals() {
        assert_eq!([0.984, 1e-9, 0.0, 1.0].map(probability), ["0.984", "< .001", "0.000", "1.000"]);
    }

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
            assert_eq!(three_digits(value), expected);
        }
    }
}
