//! Differences of accuracies, in words and as bars.

/// `+1.2`, `−0.4`, `0.0`: percentage points.
#[must_use]
pub fn points(difference: f64) -> String {
    let points = format!("{:.1}", 100.0 * difference.abs());
    match difference {
        _ if points == "0.0" => points,
        difference if difference < 0.0 => format!("−{points}"),
        _ => format!("+{points}"),
    }
}

/// Where a bar begins and how wide it is, in percent of the track, zero in the middle: a loss goes to the left.
#[must_use]
pub fn bar(difference: f64, reach: f64) -> (f64, f64) {
    let width = 50.0 * (difference.abs() / reach.max(f64::MIN_POSITIVE)).min(1.0);
    (if difference < 0.0 { 50.0 - width } else { 50.0 }, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_have_a_sign() {
        assert_eq!([0.012, -0.0041, 0.0004, 0.0].map(points), ["+1.2", "−0.4", "0.0", "0.0"]);
    }

    #[test]
    fn losses_go_to_the_left() {
        assert_eq!(bar(-0.5, 1.0), (25.0, 25.0));
        assert_eq!(bar(0.5, 0.5), (50.0, 50.0));
        assert_eq!(bar(0.0, 0.0), (50.0, 0.0));
    }
}
