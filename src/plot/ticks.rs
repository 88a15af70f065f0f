//! Round numbers along an axis.

use super::scale::ScaleKind;

/// At most about `n` round values within `low..=high`, ascending.
#[must_use]
pub fn ticks(kind: ScaleKind, (low, high): (f64, f64), n: usize) -> Vec<f64> {
    if !(low.is_finite() && high.is_finite() && high > low && n > 0) {
        return vec![];
    }
    match kind {
        ScaleKind::Linear => linear(low, high, n),
        ScaleKind::Log => log(low, high, n),
    }
}

/// Whole numbers for an axis that counts: never a step below 1.
#[must_use]
pub fn whole_ticks(high: usize, n: usize) -> Vec<f64> {
    let step = step_of(0.0, high as f64, n).max(1.0);
    multiples(0.0, high as f64, step)
}

/// The range widened to the next round values, for an axis that ends on a tick.
#[must_use]
pub fn rounded(low: f64, high: f64, n: usize) -> (f64, f64) {
    let step = step_of(low, high, n);
    ((low / step + 1e-9).floor() * step, (high / step - 1e-9).ceil() * step)
}

/// Decimals that distinguish the ticks of a linear axis.
#[must_use]
pub fn decimals(ticks: &[f64]) -> usize {
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
    if step.is_finite() && step > 0.0 { (-(step.log10() + 1e-9).floor()).clamp(0.0, 8.0) as usize } else { 2 }
}

/// 1, 2 or 5 times a power of ten.
fn step_of(low: f64, high: f64, n: usize) -> f64 {
    let raw = ((high - low) / n.max(1) as f64).max(f64::MIN_POSITIVE);
    let power = 10f64.powf(raw.log10().floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= raw * (1.0 - 1e-9)).unwrap_or(10.0);
    factor * power
}

fn linear(low: f64, high: f64, n: usize) -> Vec<f64> {
    multiples(low, high, step_of(low, high, n))
}

fn multiples(low: f64, high: f64, step: f64) -> Vec<f64> {
    let (first, last) = ((low / step - 1e-9).ceil() as i64, (high / step + 1e-9).floor() as i64);
    (first..=last).map(|multiple| multiple as f64 * step).collect()
}

/// Powers of ten; over a short range also their double and fivefold.
fn log(low: f64, high: f64, n: usize) -> Vec<f64> {
    if low <= 0.0 {
        return vec![];
    }
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    let within = |factors: &[f64]| {
        (first..=last)
            .flat_map(|power| factors.iter().map(move |factor| factor * 10f64.powi(power)))
            .filter(|value| (low * (1.0 - 1e-9)..=high * (1.0 + 1e-9)).contains(value))
            .collect::<Vec<_>>()
    };
    let powers = within(&[1.0]);
    if powers.len() > n {
        let stride = powers.len().div_ceil(n);
        return powers.into_iter().step_by(stride).collect();
    }
    let denser = [within(&[1.0, 2.0, 5.0]), within(&[1.0, 3.0])].into_iter().find(|ticks| ticks.len() <= n);
    denser.unwrap_or(powers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: ScaleKind, range: (f64, f64), n: usize, expected: &[f64]) {
        let got = ticks(kind, range, n);
        let is_close = got.len() == expected.len()
            && got.iter().zip(expected).all(|(got, expected)| (got - expected).abs() <= 1e-9 * expected.abs().max(1.0));
        assert!(is_close, "{range:?} in {n}: got {got:?}, expected {expected:?}");
    }

    #[test]
    fn linear_ticks_are_round() {
        check(ScaleKind::Linear, (0.0, 0.3), 4, &[0.0, 0.1, 0.2, 0.3]);
        check(ScaleKind::Linear, (0.92, 1.0), 4, &[0.92, 0.94, 0.96, 0.98, 1.0]);
        check(ScaleKind::Linear, (0.0, 10.0), 5, &[0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
    }

    #[test]
    fn log_ticks_thin_out_with_the_range() {
        check(ScaleKind::Log, (0.03, 0.4), 5, &[0.05, 0.1, 0.2]);
        check(ScaleKind::Log, (0.01, 2.0), 5, &[0.01, 0.03, 0.1, 0.3, 1.0]);
        check(ScaleKind::Log, (1e-6, 10.0), 4, &[1e-6, 1e-4, 1e-2, 1.0]);
    }

    #[test]
    fn a_range_without_extent_has_no_ticks() {
        for range in [(1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY)] {
            assert!(ticks(ScaleKind::Linear, range, 5).is_empty(), "{range:?}");
        }
        assert!(ticks(ScaleKind::Log, (0.0, 1.0), 5).is_empty());
    }

    #[test]
    fn epochs_are_counted_in_whole_numbers() {
        assert_eq!(whole_ticks(3, 8), [0.0, 1.0, 2.0, 3.0]);
        assert_eq!(whole_ticks(200, 5), [0.0, 50.0, 100.0, 150.0, 200.0]);
    }

    #[test]
    fn an_axis_can_end_on_ticks() {
        let (low, high) = rounded(0.923, 0.9881, 4);
        assert!((low - 0.92).abs() < 1e-9 && (high - 1.0).abs() < 1e-9, "{low} {high}");
    }

    #[test]
    fn decimals_distinguish_neighbours() {
        assert_eq!([&[0.92, 0.94][..], &[0.0, 50.0], &[0.5, 0.505], &[1.0]].map(decimals), [2, 0, 3, 2]);
    }
}
