//! The ceiling that kernels are measured against: independent multiply-adds in registers.

/// Runs `iterations` rounds of independent `a·b + c` in registers. Returns the floating-point operations done and a
/// checksum that keeps the work alive. The caller holds the clock.
#[must_use]
pub fn multiply_add_peak(iterations: u32) -> (u64, f32) {
    let mut sums = [[0.5_f32; 4]; 12];
    for _ in 0..iterations {
        sums.iter_mut().flatten().for_each(|sum| *sum = *sum * 0.999 + 0.001);
    }
    (u64::from(iterations) * 12 * 4 * 2, sums.iter().flatten().sum())
}
