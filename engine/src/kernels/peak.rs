//! The ceiling that kernels are measured against: independent multiply-adds in registers.
#![allow(unsafe_code)] // Stores the sums by pointer.

use super::lanes::Lanes;
use std::hint::black_box;

const CHAINS: usize = 12;

/// Runs `iterations` rounds of independent multiply-adds in registers. Returns the floating-point operations done and
/// a checksum that keeps the work alive. The caller holds the clock.
#[must_use]
pub fn multiply_add_peak(iterations: u32) -> (u64, f32) {
    let (factor, summand) = (Lanes::splat(black_box(0.999)), Lanes::splat(black_box(0.001)));
    let mut sums: [Lanes; CHAINS] = std::array::from_fn(|i| Lanes::splat(black_box(i as f32)));
    for _ in 0..iterations {
        sums = sums.map(|sum| sum.multiply_add(factor, summand));
    }
    let mut numbers = [0.0; CHAINS * Lanes::LEN];
    for (sum, numbers) in sums.into_iter().zip(numbers.chunks_exact_mut(Lanes::LEN)) {
        // SAFETY: each chunk has LEN numbers.
        unsafe { sum.store(numbers.as_mut_ptr()) };
    }
    (u64::from(iterations) * (CHAINS * Lanes::LEN * 2) as u64, numbers.iter().sum())
}
