//! Differences of accuracies, in words and as bars.

use crate::plot::decimals::Decimals;
use crate::plot::number::hundredths_of_percent;

/// `+1.23`, `−0.40`, `0.00`: percentage points between two shares as they are shown, with two decimals.
#[must_use]
pub fn points(before: f64, after: f64) -> String {
    Decimals::new(2).signed_text(hundredths_of_percent(after) - hundredths_of_percent(before))
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
        let after = [0.512, 0.4959, 0.50004, 0.5];
        assert_eq!(after.map(|after| points(0.5, after)), ["+1.20", "−0.41", "0.00", "0.00"]);
        // 98.68 % to 98.60 %, as shown, although the exact difference rounds to 0.09.
        assert_eq!(points(0.986_849, 0.985_951), "−0.08");
    }

    #[test]
    fn losses_go_to_the_left() {
        assert_eq!(bar(-0.5, 1.0), (25.0, 25.0));
        assert_eq!(bar(0.5, 0.5), (50.0, 50.0));
        assert_eq!(bar(0.0, 0.0), (50.0, 0.0));
    }
}
