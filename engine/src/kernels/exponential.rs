//! `exp` and functions based on it, without branches, so that loops over slices vectorise.
//!
//! The platform's `exp` and `tanh` are function calls, which are slow in WebAssembly (tens of nanoseconds). The
//! relative error of these is below 5e-7, tested over the whole range. NaN stays NaN.

/// `(2^n, exp(r) - 1)` with `exp(x) = 2^n · exp(r)`, `|r| ≤ ln(2) / 2`.
///
/// Range reduction and polynomial are those of Cephes' `expf` (Stephen Moshier, Cephes Mathematical Library 2.2),
/// which Eigen's `pexp` uses too. Arguments beyond ±87 are taken as ±87: the result is then below 2e-38 or above 6e37,
/// neither 0 nor infinite.
#[inline(always)]
fn split_exp(x: f32) -> (f32, f32) {
    const LIMIT: f32 = 87.0;
    /// Adding this rounds to an integer and leaves it in the low bits.
    const ROUND: f32 = 1.5 * (1 << 23) as f32;
    // ln(2) in two parts; the product of n and the first is exact.
    const LN_2_HIGH: f32 = 355.0 / 512.0;
    const LN_2_LOW: f32 = -2.121_944_4e-4;

    // Not `clamp`: this form passes NaN on.
    let x = if x < -LIMIT { -LIMIT } else { x };
    let x = if x > LIMIT { LIMIT } else { x };
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let n = rounded - ROUND;
    let r = (x - n * LN_2_HIGH) - n * LN_2_LOW;
    let p = 1.987_569_1e-4 * r + 1.398_199_9e-3;
    let p = p * r + 8.333_452e-3;
    let p = p * r + 4.166_579_6e-2;
    let p = p * r + 1.666_666_5e-1;
    let p = p * r + 0.5;
    let power = f32::from_bits((rounded.to_bits() << 23).wrapping_add(1.0_f32.to_bits()));
    (power, p * (r * r) + r)
}

/// `exp(x)`.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let (power, exp_m1) = split_exp(x);
    power * (exp_m1 + 1.0)
}

/// `exp(x) - 1`, exact near 0 too.
#[inline(always)]
pub fn exp_m1(x: f32) -> f32 {
    let (power, exp_m1) = split_exp(x);
    power * exp_m1 + (power - 1.0)
}

/// `tanh(x) = -e / (e + 2)` with `e = exp(-2|x|) - 1`, and the sign of `x`.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let e = exp_m1(-2.0 * x.abs());
    (-e / (e + 2.0)).copysign(x)
}

/// `1 / (1 + exp(-x))`.
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hundred thousands of floats of both signs, all magnitudes below `limit`.
    #[track_caller]
    fn check(limit: f32, got: fn(f32) -> f32, expected: fn(f64) -> f64) {
        let numbers = (0..limit.to_bits()).step_by(9973).map(f32::from_bits);
        for x in numbers.flat_map(|x| [x, -x]) {
            let (got, expected) = (f64::from(got(x)), expected(f64::from(x)));
            assert!((got - expected).abs() <= 5e-7 * expected.abs() + 1e-38, "at {x}: got {got}, expected {expected}");
        }
    }

    #[test]
    fn within_five_ten_millionths() {
        check(87.0, exp, f64::exp);
        check(87.0, exp_m1, f64::exp_m1);
        check(1e30, tanh, f64::tanh);
        check(87.0, sigmoid, |x| 1.0 / (1.0 + (-x).exp()));
    }

    #[test]
    fn extremes() {
        for function in [exp, exp_m1, tanh, sigmoid] {
            assert!(function(f32::NAN).is_nan());
        }
        assert_eq!([tanh(f32::INFINITY), tanh(f32::NEG_INFINITY), tanh(-0.0)], [1.0, -1.0, 0.0]);
        assert_eq!([sigmoid(f32::INFINITY), exp(0.0), exp_m1(f32::NEG_INFINITY)], [1.0, 1.0, -1.0]);
        assert!(exp(f32::NEG_INFINITY) < 2e-38 && sigmoid(f32::NEG_INFINITY) < 2e-38);
    }
}
