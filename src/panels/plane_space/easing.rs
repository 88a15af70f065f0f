//! How the picture moves from before to after.

/// How long the whole way takes, in milliseconds.
pub const WAY_MS: f64 = 2_200.0;

/// Where the movement is after that time, from 0 to 1: it starts and ends slowly.
#[must_use]
pub fn eased(elapsed_ms: f64) -> f64 {
    let share = (elapsed_ms / WAY_MS).clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_from_one_end_to_the_other_without_turning_back() {
        assert_eq!([-5.0, 0.0, WAY_MS / 2.0, WAY_MS, 1e9].map(eased), [0.0, 0.0, 0.5, 1.0, 1.0]);
        let places: Vec<f64> = (0..=100).map(|n| eased(f64::from(n) * WAY_MS / 100.0)).collect();
        assert!(places.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(places[1] - places[0] < (places[51] - places[50]) / 4.0);
    }
}
