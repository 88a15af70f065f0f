//! Numbers without a pattern, each by its own index, so that they can be drawn in any order.

/// The `idx`-th number of the stream `seed`, uniform in `[0, 1)`: SplitMix64 (Steele, Lea, Flood 2014), whose states
/// are equally spaced.
pub(super) fn uniform(seed: u64, idx: u64) -> f32 {
    let mut z = seed.wrapping_add(idx.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    (z >> 40) as f32 / (1 << 24) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_over_the_unit_interval() {
        let mut counts = [0_i32; 10];
        (0..10_000).for_each(|idx| counts[(uniform(7, idx) * 10.0) as usize] += 1);
        assert!(counts.iter().all(|count| (count - 1000).abs() < 120), "{counts:?}");
    }

    /// First output of SplitMix64 from state 0, as published with xoshiro: 0xE220A8397B1DCDAF.
    #[test]
    fn as_published() {
        assert_eq!(uniform(0, 0), 0xE2_20A8 as f32 / (1 << 24) as f32);
    }
}
