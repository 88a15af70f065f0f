//! `exp` and functions based on it, without branches, on all lanes of a register.
//!
//! The platform's `exp` and `tanh` are function calls, which are slow in WebAssembly (tens of nanoseconds). The
//! relative error of these is below 5e-7, tested over the whole range. NaN stays NaN.

use super::lanes::Lanes;

/// `(2^n, exp(r) - 1)` with `exp(x) = 2^n · exp(r)`, `|r| ≤ ln(2) / 2`.
///
/// Range reduction and polynomial are those of Cephes' `expf` (Stephen Moshier, Cephes Mathematical Library 2.2),
/// which Eigen's `pexp` uses too. Arguments beyond ±87 are taken as ±87: the result is then below 2e-38 or above 6e37,
/// neither 0 nor infinite.
#[inline(always)]
fn split_exp(x: Lanes) -> (Lanes, Lanes) {
    const LIMIT: f32 = 87.0;
    /// Adding this rounds to an integer and leaves it in the low bits.
    const ROUND: f32 = 1.5 * (1 << 23) as f32;
    // -ln(2) in two parts; the product of n and the first is exact.
    const MINUS_LN_2_HIGH: f32 = -355.0 / 512.0;
    const MINUS_LN_2_LOW: f32 = 2.121_944_4e-4;

    // In this order of arguments NaN passes on.
    let x = Lanes::max(x, Lanes::splat(-LIMIT));
    let x = Lanes::min(x, Lanes::splat(LIMIT));
    let rounded = x.multiply_add(Lanes::splat(std::f32::consts::LOG2_E), Lanes::splat(ROUND));
    let n = rounded.sub(Lanes::splat(ROUND));
    let r = n.multiply_add(Lanes::splat(MINUS_LN_2_HIGH), x);
    let r = n.multiply_add(Lanes::splat(MINUS_LN_2_LOW), r);
    let p = r.multiply_add(Lanes::splat(1.987_569_1e-4), Lanes::splat(1.398_199_9e-3));
    let p = p.multiply_add(r, Lanes::splat(8.333_452e-3));
    let p = p.multiply_add(r, Lanes::splat(4.166_579_6e-2));
    let p = p.multiply_add(r, Lanes::splat(1.666_666_5e-1));
    let p = p.multiply_add(r, Lanes::splat(0.5));
    (rounded.power_of_two(), p.multiply_add(r, Lanes::splat(1.0)).mul(r))
}

/// `exp(x)`.
#[inline(always)]
pub fn exp(x: Lanes) -> Lanes {
    let (power, exp_m1) = split_exp(x);
    power.multiply_add(exp_m1, power)
}

/// `exp(x) - 1`, exact near 0 too.
#[inline(always)]
pub fn exp_m1(x: Lanes) -> Lanes {
    let (power, exp_m1) = split_exp(x);
    power.multiply_add(exp_m1, power.sub(Lanes::splat(1.0)))
}

/// `tanh(x) = -e / (e + 2)` with `e = exp(-2|x|) - 1`, and the sign of `x`.
#[inline(always)]
pub fn tanh(x: Lanes) -> Lanes {
    let e = exp_m1(x.abs().mul(Lanes::splat(-2.0)));
    e.abs().div(e.add(Lanes::splat(2.0))).with_sign_of(x)
}

/// `1 / (1 + exp(-x))`.
#[inline(always)]
pub fn sigmoid(x: Lanes) -> Lanes {
    let one = Lanes::splat(1.0);
    one.div(one.add(exp(Lanes::splat(0.0).sub(x))))
}

#[cfg(test)]
mod tests {
    use super::super::lanes::map;
    use super::*;

    fn of(function: fn(Lanes) -> Lanes, x: f32) -> f32 {
        let mut x = [x];
        map(&mut x, function);
        x[0]
    }

    /// Hundred thousands of floats of both signs, all magnitudes below `limit`.
    #[track_caller]
    fn check(limit: f32, got: fn(Lanes) -> Lanes, expected: fn(f64) -> f64) {
        let numbers = (0..limit.to_bits()).step_by(9973).map(f32::from_bits);
        for x in numbers.flat_map(|x| [x, -x]) {
            let (got, expected) = (f64::from(of(got, x)), expected(f64::from(x)));
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
            assert!(of(function, f32::NAN).is_nan());
        }
        let tanh_of = |x: f32| of(tanh, x);
        assert_eq!([tanh_of(f32::INFINITY), tanh_of(f32::NEG_INFINITY), tanh_of(-0.0)], [1.0, -1.0, 0.0]);
        assert!(tanh_of(-0.0).is_sign_negative());
        assert_eq!([of(sigmoid, f32::INFINITY), of(exp, 0.0), of(exp_m1, f32::NEG_INFINITY)], [1.0, 1.0, -1.0]);
        assert!(of(exp, f32::NEG_INFINITY) < 2e-38 && of(sigmoid, f32::NEG_INFINITY) < 2e-38);
    }

    #[test]
    fn a_number_is_the_same_in_every_lane_and_in_the_rest() {
        let x: Vec<f32> = (0..37).map(|i| (i as f32 - 18.0) * 0.37).collect();
        for function in [exp, exp_m1, tanh, sigmoid] {
            let mut all = x.clone();
            map(&mut all, function);
            assert!(x.iter().zip(all).all(|(&x, y)| of(function, x).to_bits() == y.to_bits()));
        }
    }
}
